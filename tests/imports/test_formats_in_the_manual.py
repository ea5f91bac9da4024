"""Every format stands in the manual, by the word that names it."""

from pathlib import Path

import pytest

from kring.imports.recognise import FORMATS

PAGE = (Path(__file__).parents[2] / "docs" / "bring-in-files.md").read_text("utf-8")


@pytest.mark.parametrize("name", [one.name for one in FORMATS])
def test_a_format_is_in_the_manual(name):
    assert f"`{name}`" in PAGE


def test_each_name_is_one_format():
    assert len({one.name for one in FORMATS}) == len(FORMATS)
