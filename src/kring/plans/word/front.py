"""The front matter of a plan that is made from a guide: what stands as `key: value` above the first section."""

from __future__ import annotations

import re

from kring.domain.text import folded
from kring.plans.escapes import with_backslashes
from kring.plans.front_matter import is_placeholder, known_key, read_header
from kring.plans.lines import read_lines

_OF_THE_PROJECT = {
    "project_number",
    "client",
    "agency",
    "recruiter",
    "incentive",
    "stimulus_versions",
    "destroyed_on",
}
_AS_IT_IS = {"objective", "study", "group", "platform", "assistant_phone", "moderator", "assistant", *_OF_THE_PROJECT}
_PEOPLE = {"moderator", "assistant"}
_MOST_WORDS_OF_A_NAME = 5
_DAYS = "ma di wo do vr za zo mon tue wed thu fri sat sun"
_MONTHS = "jan feb maa mrt mar apr mei may jun jul aug sep okt oct nov dec"
_SMALL_WORDS = "om at uur u h am pm of th st nd rd e"
_OF_A_MOMENT = re.compile(
    rf"(?:{_DAYS.replace(' ', '|')})(?:[a-z]{{0,6}}(?:dag|day))?|(?:{_MONTHS.replace(' ', '|')})[a-z]{{0,6}}"
    rf"|{_SMALL_WORDS.replace(' ', '|')}"
)


class Front:
    """The lines of a front matter in the making."""

    def __init__(self, language: str, form: str = "") -> None:
        self.title = ""
        self._language, self._form = language, form
        self._pairs: list[str] = []
        self._fields = {"title", "roster_file", "language"} | ({"form"} if form else set())

    def add_title(self, text: str, *, is_escaped: bool = False) -> None:
        """Take the title of the guide, or one more line of it."""
        text = text if is_escaped else with_backslashes(text)
        self.title = f"{self.title} - {text}" if self.title else text

    def takes(self, text: str) -> bool:
        """Take a line such as `Doel: …`; False where it is none, or says more than the front matter can hold."""
        found = known_key(text)
        if not found or found[1] in self._fields or not found[2] or is_placeholder(found[2]):
            return False
        key, field, value = found
        if field in _PEOPLE and len(value.split()) > _MOST_WORDS_OF_A_NAME:
            return False
        if field not in _AS_IT_IS and not _is_understood(key, field, value):
            return False
        self._fields.add(field)
        self._pairs.append(f"{key}: {with_backslashes(value)}")
        return True

    def lines(self, name: str) -> list[str]:
        """Return the front matter; `name` is the title where the guide has none."""
        dutch = self._language == "nl"
        form = {"online": "online", "in_person": "op locatie" if dutch else "in person"}.get(self._form, "")
        return [
            "---",
            f"{'titel' if dutch else 'title'}: {self.title or with_backslashes(name)}",
            f"{'taal' if dutch else 'language'}: {self._language}",
            *([f"{'vorm' if dutch else 'form'}: {form}"] if form else []),
            *self._pairs,
            "---",
        ]


def _is_understood(key: str, field: str, value: str) -> bool:
    header = read_header(read_lines(f"---\n{key}: {value}\n---"))
    if header.extra:
        return False
    match field:
        case "start" | "time":
            return all(_OF_A_MOMENT.fullmatch(word) for word in re.findall(r"[^\W\d_]+", folded(value)))
        case "link":
            return header.fields.get("link") == value
        case "form":
            return len(value.split()) <= 2
    return not header.warnings
