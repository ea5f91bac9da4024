"""The warning comes in time also while another program fills the disk, and not because one large file came."""

from kring.record.disk_space import DiskForecast

GB = 10**9
SECOND = 10**9
OWN = 96_000
HALF_HOUR = 30 * 60


def warned(frees):
    """The seconds at which there was room for less than half an hour."""
    room = DiskForecast()
    return [at for at, free in enumerate(frees) if room.left_s(free, at * SECOND, OWN) < HALF_HOUR]


def test_alone_the_recording_knows_its_own_pace():
    assert DiskForecast().left_s(96_000 * 7200, SECOND, OWN) == 7200
    assert DiskForecast().left_s(-1, SECOND, OWN) == 0
    assert warned(5 * GB - OWN * at for at in range(3600)) == []


def test_a_program_that_goes_on_filling_the_disk_is_noticed_in_time():
    full_at = 4000
    seconds = warned(100 * GB - 25_000_000 * at for at in range(full_at))
    assert full_at - HALF_HOUR - 30 < seconds[0] < full_at - HALF_HOUR + 60
    assert seconds == list(range(seconds[0], full_at))


def test_one_large_file_is_no_alarm_for_long():
    at_once = warned(150 * GB if at < 100 else 60 * GB for at in range(1000))
    assert len(at_once) <= 40
    assert warned(200 * GB - min(10 * GB, 200_000_000 * at) for at in range(1000)) == []


def test_what_is_freed_is_no_loss():
    assert warned(5 * GB + 100_000_000 * at for at in range(600)) == []
