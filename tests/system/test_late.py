"""Modules that are read when they are first used."""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kring.system import late

ADDED = "\nREAD.append(__name__)\n"


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """A package of which `house.attic` and `house.cellar` are read late; the list of what was read."""
    rooms = {
        "__init__": "READ = []",
        "attic": f"from house import READ, cellar{ADDED}VIEW = 'far'\ndef below(): return cellar.WINE",
        "cellar": f"from house import READ, attic{ADDED}WINE = 'red'\ndef above(): return attic.VIEW",
        "kitchen": "from house import attic, cellar\ndef look(): return attic.VIEW",
        "hasty": "from house.attic import VIEW",
    }
    folder = tmp_path / "house"
    folder.mkdir()
    for name, source in rooms.items():
        (folder / f"{name}.py").write_text(source, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    monkeypatch.setattr(late, "_waiting", {})
    late.install(["house.attic", "house.cellar"])
    yield importlib.import_module("house").READ
    for name in [name for name in sys.modules if name.partition(".")[0] == "house"]:
        del sys.modules[name]


def test_a_module_is_read_when_something_of_it_is_asked_for(house: list[str]) -> None:
    kitchen = importlib.import_module("house.kitchen")
    assert house == []
    assert late.waiting() == ("house.attic", "house.cellar")
    assert kitchen.look() == "far"
    assert house == ["house.attic"]
    assert late.waiting() == ("house.cellar",)
    assert kitchen.attic is sys.modules["house.attic"]
    assert kitchen.attic.below() == "red"
    assert house == ["house.attic", "house.cellar"]


def test_a_name_that_is_imported_from_it_reads_it_at_once(house: list[str]) -> None:
    assert importlib.import_module("house.hasty").VIEW == "far"
    assert house == ["house.attic"]


def test_a_name_that_it_does_not_have_is_missed_as_in_any_module(house: list[str]) -> None:
    kitchen = importlib.import_module("house.kitchen")
    with pytest.raises(AttributeError, match="nothing"):
        _ = kitchen.attic.nothing
    assert house == ["house.attic"]


def test_what_waits_is_read_bit_by_bit(house: list[str]) -> None:
    importlib.import_module("house.kitchen")
    late.read_some(1, "street")
    assert house == []
    late.read_some(1, "house")
    assert house == ["house.attic"]
    late.read_some(4, "house")
    assert house == ["house.attic", "house.cellar"]
    late.read_some(4, "house")
    assert late.waiting() == ()


def test_a_module_that_could_not_be_read_is_read_again(house: list[str], tmp_path: Path) -> None:
    attic = tmp_path / "house" / "attic.py"
    whole = attic.read_text("utf-8")
    attic.write_text("1 / 0", "utf-8")
    kitchen = importlib.import_module("house.kitchen")
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            kitchen.look()
    attic.write_text(whole, "utf-8")
    assert kitchen.look() == "far"


def test_other_modules_are_read_at_once_and_installing_twice_changes_nothing(house: list[str]) -> None:
    finders = len(sys.meta_path)
    late.install(["house.attic"])
    assert len(sys.meta_path) == finders
    importlib.import_module("house.kitchen")
    assert house == ["house.cellar"]


def test_what_is_left_out_has_the_names_that_are_imported_from_it_and_no_others(house: list[str]) -> None:
    late.leave_out({"house.attic": ["VIEW"]})
    view = importlib.import_module("house.hasty").VIEW
    assert isinstance(view, type)
    assert house == []
    with pytest.raises(ImportError, match="below"):
        exec("from house.attic import below")


def test_what_was_read_before_is_not_left_out(house: list[str]) -> None:
    attic = importlib.import_module("house.attic")
    late.leave_out({"house.attic": ["VIEW"]})
    assert importlib.import_module("house.hasty").VIEW == "far" == attic.VIEW
