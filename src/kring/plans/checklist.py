"""The checklist of a plan: phases, gates, and what is checked with every participant."""

from __future__ import annotations

import re

from kring.domain.rows import CheckPhase
from kring.domain.text import folded
from kring.plans.draft import CheckDraft
from kring.plans.lines import bare_title
from kring.plans.marks import find_url

_TITLES = {
    "controlelijst",
    "checklist",
    "check list",
    "checklijst",
    "controle lijst",
    "controlelijsten",
    "checklists",
}
_QUALIFIED = re.compile(
    r"^(?:technische |technical )?(?:controlelijst|checklist)(?: (?:online|voor|for|op locatie|in person)\b.*)?$"
)
_OF_PHASE = re.compile(r"^(?:controlelijst|checklist)\b.{1,40}$")
_HALF_HOUR_BEFORE = (
    r"half|kwartier|quarter of an hour|\buur (?:van tevoren|vooraf)|hour before|minute?s? before"
    r"|min(?:uten)? van tevoren|wachtruimte|waiting room|lobby|\b30 min|^(?:voor|before) (?:de |the )?(?:start|aanvang)"
)
_DAYS_BEFORE = r"week|weken|\bdag(?:en)? (?:van tevoren|vooraf|ervoor)|days? (?:before|ahead)|uitnodig|invit"
_BEFORE = (
    r"van tevoren|vooraf|voorbereid|beforehand|prepar|before\b|logistic|equipment|benodigd|location|locatie|set-?up"
    r"|tech|apparatuur|platform"
)
_PHASE_WORDS: tuple[tuple[str, CheckPhase], ...] = (
    (_HALF_HOUR_BEFORE, "half_hour_before"),
    (_DAYS_BEFORE, "week_before"),
    (r"na afloop|afloop|afterwards?|after\b|nadien|na (?:de|het) (?:sessie|bijeenkomst|gesprek)|nabespreking", "after"),
    (r"pauze|break", "break"),
    (r"tijdens|during|ondertussen|meanwhile|in the session", "during"),
    (r"start|begin|opening|aanvang", "start"),
    (_BEFORE, "week_before"),
)
_PHASES = tuple((re.compile(words), phase) for words, phase in _PHASE_WORDS)
_AROUND = re.compile(r"(?:na|voor|after|before|vooraf|nadien|afterwards?|beforehand|van tevoren)\b")
_GATE = re.compile(r"(?:^|\s)(?:!(?=\s|$)|[({](?:gate|poort)[)}])", re.IGNORECASE)
_RECORDING = re.compile(r"\s?[({](?:opname|recording)[)}]", re.IGNORECASE)
_CONSENT = re.compile(r"\s?[({](?:toestemming|consent)[)}]", re.IGNORECASE)
_CONSENT_WORDS = re.compile(r"toestemming|consent", re.IGNORECASE)
_EACH = re.compile(
    r"^(?:voor |for )?(?:per|elke|iedere|each|every) (?:deelnemer|participant|person|persoon)\s?[:–—-]?\s?",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\s(?:zijn |is |are )?(?:getest|gecontroleerd|gecheckt|werkt|werken|tested|checked|works?|ok)\.?$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s?[,;]\s?(?:en |and )?|\s(?:en|and)\s")


def is_checklist_title(title: str) -> bool:
    """Whether a heading opens the checklist."""
    bare = bare_title(title)
    if bare in _TITLES or _QUALIFIED.match(bare):
        return True
    return bool(_OF_PHASE.match(bare)) and phase_named(bare) is not None


def is_around(title: str) -> bool:
    """Whether a heading above nothing but boxes to tick names a time before or after the talk, and no part of it."""
    return bool(_AROUND.match(bare_title(title))) and phase_named(title) is not None


def phase_named(title: str) -> CheckPhase | None:
    """Return the phase that a heading names, or None where no phase is meant."""
    bare = bare_title(title)[:80]
    return next((phase for words, phase in _PHASES if words.search(bare)), None)


def names_gate(title: str) -> bool:
    """Whether a heading or a check is a gate: asked for before the session starts."""
    return bool(_GATE.search(title))


def read_check(text: str, line: int, phase: CheckPhase, *, gate: bool = False) -> CheckDraft | None:
    """Read one check, or None where nothing is left of it; `per deelnemer:` makes one for every participant."""
    gate = gate or names_gate(text)
    recording = bool(_RECORDING.search(text))
    consent = bool(_CONSENT.search(text))
    text = " ".join(_CONSENT.sub(" ", _RECORDING.sub(" ", _GATE.sub(" ", text))).split())
    each = _EACH.match(text)
    if each:
        text = text[each.end() :].strip()
    if not text:
        return None
    parts = _parts(text) if each else ()
    consent = not each and (consent or (gate and bool(_CONSENT_WORDS.search(text))))
    return CheckDraft(
        phase, text, line, gate, bool(each), parts, url=find_url(text), recording=recording, consent=consent
    )


def _parts(text: str) -> tuple[str, ...]:
    parts = [part.strip(" .") for part in _BETWEEN.split(_DONE.sub("", text))]
    return tuple(dict.fromkeys(part for part in parts if folded(part)))
