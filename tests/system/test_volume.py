"""On which disks a live session is safe."""

import sys
from pathlib import Path

import psutil
import pytest

from kring.system import volume

MOUNTS = r"""/dev/sda1 / ext4 rw,relatime 0 0
server:/home /home/a\040b nfs4 rw 0 0
/dev/sdb /home/a\040b/local btrfs rw 0 0
/dev/sdc /mnt/seen ext4 rw 0 0
me@there: /mnt/seen fuse.sshfs rw 0 0
"""


@pytest.fixture
def linux(tmp_path, monkeypatch):
    """A computer on which the system tells of these disks."""
    monkeypatch.setattr(volume, "MOUNTS", tmp_path / "mounts")
    volume.MOUNTS.write_text(MOUNTS, "utf-8")


on_linux = pytest.mark.skipif(sys.platform != "linux", reason="the disks of Linux")


@on_linux
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


@on_linux
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


def test_the_disk_of_this_folder_is_known(tmp_path):
    assert volume.kind_of(tmp_path)


def test_where_the_system_does_not_tell_nothing_is_said(monkeypatch):
    def refused(*_, **__):
        raise PermissionError

    monkeypatch.setattr(psutil, "disk_partitions", refused)
    monkeypatch.setattr(Path, "read_text", refused)
    assert volume.kind_of(Path("/srv")) is None
    assert volume.warning_for(Path("/srv")) is None
