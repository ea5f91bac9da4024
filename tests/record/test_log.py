"""The log is read line by line, whatever is torn."""

from hypothesis import given
from hypothesis import strategies as st

from kring.record import log
from kring.record.log import Anchor, Closed, Ended, Log, Opened, Trouble, Voice

ENTRIES = [
    Opened("R1", 1, "0001.wav", 48000, 1, "mic “één”", 5, 6, "start"),
    Anchor(1, 4800, 7, 8),
    Voice(1, 10, 20),
    Trouble(1, "silence", 3),
    Trouble(1, "silence", 3, 9),
    Closed(1, 4801, "lost samples"),
    Ended("R1", "stopped"),
]


def filled(folder):
    writer = Log(folder)
    for entry in ENTRIES:
        writer.append(entry)
    writer.close()
    return folder / log.FILE


def test_what_was_appended_is_read(tmp_path):
    filled(tmp_path)
    assert log.read(tmp_path)[0] == ENTRIES
    assert log.read(tmp_path / "nowhere") == ([], 0)


@given(cut=st.integers(0, 700))
def test_a_torn_last_line_waits_until_it_is_whole(tmp_path_factory, cut):
    folder = tmp_path_factory.mktemp("log")
    file = filled(folder)
    whole = file.read_bytes()
    file.write_bytes(whole[:cut])
    first, offset = log.read(folder)
    assert first == ENTRIES[: whole[:cut].count(b"\n")]
    file.write_bytes(whole)
    assert first + log.read(folder, offset)[0] == ENTRIES


@given(cut=st.integers(0, 700))
def test_the_next_writer_goes_on_after_a_torn_line(tmp_path_factory, cut):
    folder = tmp_path_factory.mktemp("log")
    file = filled(folder)
    file.write_bytes(file.read_bytes()[:cut])
    kept = log.read(folder)[0]
    writer = Log(folder)
    writer.append(ENTRIES[-1])
    writer.close()
    found = log.read(folder)[0]
    assert found[: len(kept)] == kept
    assert found[-1] == ENTRIES[-1]
    assert len(found) - len(kept) in (1, 2)  # a line of which only the end of line was torn off is whole again


def test_a_line_that_nobody_knows_is_passed_over(tmp_path):
    file = filled(tmp_path)
    file.write_bytes(b'{"kind":"later"}\nnonsense\n\0\0\0\n\xff\n' + file.read_bytes())
    assert log.read(tmp_path)[0] == ENTRIES
