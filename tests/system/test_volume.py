"""On which disks a live session is safe."""

from pathlib import Path

import pytest

from kring.system import volume
from kring.system.volume import Mount

MOUNTINFO = r"""22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
40 22 0:35 / /home/a\040b rw shared:2 - nfs4 server:/home rw
41 22 0:36 / /home/a\040b/local rw - btrfs /dev/sdb rw
42 22 0:37 / /mnt/seen rw - ext4 /dev/sdc rw
43 22 0:38 / /mnt/seen rw - fuse.sshfs me@there: rw
torn line
"""


@pytest.fixture
def linux(monkeypatch):
    monkeypatch.setattr(volume, "_mounts", lambda: volume.mounts_of_linux(MOUNTINFO))


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/srv", "ext4"),
        ("/home/a b/x", "nfs4"),
        ("/home/a bc", "ext4"),
        ("/home/a b/local/x", "btrfs"),
        ("/mnt/seen", "fuse.sshfs"),
    ],
)
def test_the_nearest_and_latest_mount_counts(linux, folder, kind):
    assert volume.kind_of(Path(folder)) == kind


def test_a_network_disk_gives_a_warning_and_a_local_one_none(linux):
    assert volume.warning_for(Path("/home/a b/x")).values == {"kind": "nfs4"}
    assert volume.warning_for(Path("/srv")) is None


@pytest.mark.parametrize("kind", ["nfs", "cifs", "smbfs", "fuse.rclone", "fuse", "9p", "webdav"])
def test_shared_kinds(kind):
    assert volume.is_shared(kind)


@pytest.mark.parametrize("kind", ["ext4", "apfs", "btrfs", "tmpfs", "fuseblk", "overlay", "ntfs3"])
def test_local_kinds(kind):
    assert not volume.is_shared(kind)


@pytest.mark.parametrize(
    "folder",
    [
        "/home/x/Dropbox/study",
        "/home/x/Dropbox (Private)",
        "/Users/x/OneDrive - Bureau/a",
        "/Users/x/Library/CloudStorage/GoogleDrive-x",
        "/Users/x/Google Drive/a",
        "/Users/x/Library/Mobile Documents/com~apple~CloudDocs",
        "/home/x/Nextcloud",
    ],
)
def test_folders_of_sync_services(folder):
    assert volume.synced_by(Path(folder))
    assert volume.warning_for(Path(folder)) is not None


@pytest.mark.parametrize("folder", ["/home/x/dropboxes", "/home/x/study", "/home/x/my drives", "/srv/sync"])
def test_ordinary_folders(folder):
    assert volume.synced_by(Path(folder)) is None


def test_mounts_of_macos():
    told = "/dev/disk3s1 on / (apfs, sealed, local)\n//x@nas/a on /Volumes/a b (smbfs, nodev)\nodd\n"
    assert volume.mounts_of_darwin(told) == [Mount("/", "apfs"), Mount("/Volumes/a b", "smbfs")]


def test_where_no_mount_is_known_nothing_is_said(monkeypatch):
    monkeypatch.setattr(volume, "_mounts", list)
    assert volume.kind_of(Path("/srv")) is None
    assert volume.warning_for(Path("/srv")) is None
