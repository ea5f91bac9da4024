"""What the team of the sample study concluded: its findings and hypotheses point to the notes that they rest on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from kring.plans.study.file import read_study_file
from kring.study.finding.asking import Hit, Wanted
from kring.study.finding.finding import Finding, asked_of
from kring.study.pointing import Side, Target, point, targets


class Words(NamedTuple):
    """The beginnings of what speaks for a finding or a hypothesis, and of what speaks against it."""

    quotes: tuple[str, ...]
    against: tuple[str, ...]


RESTS_ON = {
    "B1": Words(
        (
            "ik wist niet eens dat ze konden verlopen",
            "ik zou niet weten of ik er tien heb",
            "spaart bij vijf winkels",
            "je krijgt een puntje voor elke euro",
            "tweeduizend punten, is dat veel",
            "schrok van de stand",
            "pas toen de buurvrouw het zei",
            "toen ik het zag waren ze al drie weken weg",
            "dacht dat de punten vanzelf",
            "als ik wist wat ik had",
        ),
        ("thuis staat het nu in de agenda", "ik houd het bij in mijn agenda", "vindt een jaar redelijk"),
    ),
    "B2": Words(
        (
            "het voelt als een boete",
            "voelt zich onder druk gezet",
            "het is alsof je een cadeau krijgt",
            "dat bericht leest als een aanmaning",
            "dan denk ik: daar gaan ze weer",
            "je leest veertig mails",
            "ik krijg zoveel mails",
            "ziet het bericht als reclame",
            "leest het als reclame",
            "dacht eerst dat het oplichting was",
            "trekt een punt af voor alle berichten",
            "ik krijg er een knoop van",
        ),
        ("mij hebben ze gebeld", "als ze één keer hadden gebeld"),
    ),
    "B3": Words(
        (
            "gaf het bij de balie op",
            "ik stond met een volle kar",
            "ik stond daar met de ijsjes",
            "de app vroeg om een nieuw wachtwoord",
            "toen moest ik wachten op een mail",
            "moest een formulier invullen",
            "je moet eerst een actie kiezen",
            "eerst de actie aanzetten",
            "de caissière wist het zelf ook niet",
            "het kind achter de kassa",
        ),
        (
            "het ging eigenlijk heel vlot",
            "heeft vorige maand nog ingewisseld",
            "vroeg het aan de kassa en kreeg meteen",
        ),
    ),
    "H1": Words(
        ("ik wist niet eens", "schrok van de stand", "pas toen de buurvrouw", "zou een punt meer geven als de stand"),
        ("kent de stand precies", "voor mij is het ze opmaken"),
    ),
    "H2": Words(
        ("gaf het bij de balie op", "wisselde in op kerstavond", "ik stond daar met de ijsjes"),
        ("het ging eigenlijk heel vlot", "hoger dan vorig jaar", "heeft vorige maand nog ingewisseld"),
    ),
}
"""What the group says that is in `said`: which of it, and who says it, differs with the seed."""


def conclude(folder: Path, text: Path) -> None:
    """Write behind each finding and hypothesis of a study the notes that say its words; raises KringError."""
    study = read_study_file(text)
    with asked_of(folder, study) as finding:
        for target in targets(study):
            for side, hit in _resting_on(finding, target):
                point(finding, text, target, side, hit)


def _resting_on(finding: Finding, target: Target) -> Iterator[tuple[Side, Hit]]:
    words = RESTS_ON.get(target.code, Words((), ()))
    sides: tuple[tuple[Side, tuple[str, ...]], ...] = (("quotes", words.quotes), ("against", words.against))
    for side, beginnings in sides:
        found = {hit.number: hit for beginning in beginnings for hit in _saying(finding, beginning)}
        for _number, hit in sorted(found.items()):
            yield side, hit


def _saying(finding: Finding, words: str) -> Iterator[Hit]:
    hits = finding.find(Wanted(words=f'"{words}"', kinds=("quote", "paraphrase"))).hits
    return (hit for hit in hits if hit.passage.is_mention and not hit.passage.is_draft)
