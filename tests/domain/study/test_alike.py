"""Names that may be of one person."""

import pytest

from kring.domain.study.recruiting.alike import may_be_one


@pytest.mark.parametrize(
    ("name", "other", "is_alike"),
    [
        ("Jan de Vries", "J. de Vries", True),
        ("Jan de Vries", "Vries, Jan de", True),
        ("Ayşe Özdemir", "Ayse Ozdemir", True),
        ("Fatima", "Fatima El Amrani", True),
        ("Marieke Jansen", "Marike Jansen", True),
        ("Petra Smit", "Petra Smits", True),
        ("Jan-Willem Bos", "Jan Willem Bos", True),
        ("Jan de Vries", "Piet de Vries", False),
        ("Jan de Vries", "Jan Bakker", False),
        ("Jo", "Jo Bos", False),
        ("J. Bos", "K. Bos", False),
        ("Els", "Ans", False),
        ("", "Ans", False),
        ("…", "Ans", False),
    ],
)
def test_names_are_alike_or_not(name: str, other: str, is_alike: bool) -> None:
    assert may_be_one(name, other) is is_alike
    assert may_be_one(other, name) is is_alike
