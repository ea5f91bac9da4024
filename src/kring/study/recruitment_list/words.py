"""The words of a recruitment list, Dutch and English mixed: its columns and states; the first two are written."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kring.domain.study.recruiting.candidate import CandidateState
from kring.domain.text import folded
from kring.plans.front_matter import keys_of, squeezed

COLUMNS_IN_WORDS = {
    "number": "nr, no, nummer, number, id, #, volgnr, volgnummer, code, respondentnummer, respondent number, case, "
    "deelnemernr, deelnemernummer, deelnemersnummer, participant no, participant number, respondentnr, "
    "kandidaatnummer, kandidaatnr, candidate number, candidate no, wervingsnummer, lijstnummer",
    "name": "naam, name",
    "contact": "telefoon, phone",
    "segment": "klantgroep, segment, klantsegment, customer group, doelgroep",
    "group": "groep, group, focusgroep, focus group, sessie, session, groepsnummer, group number, groepnr, groepsnr, "
    "group no, groepnummer, ingedeeld, "
    "ingedeeld in",
    "state": "stand, state, status, staat, voortgang, progress, stap, step",
    "reason": "reden, reason, waarom, why, reden afvaller, reden van afval, reason lost",
    "since": "sinds, since, datum, date, laatste contact, last contact, laatst gesproken, last spoken, gebeld op, "
    "called on, bijgewerkt, updated",
    "paid": "betaald, paid, uitbetaald, paid on, betaald op, vergoeding betaald, incentive paid",
    "remark": "opmerking, remark, opmerkingen, remarks, notitie, note, notities, notes, toelichting, bijzonderheden",
}
STATES_IN_WORDS: dict[CandidateState, str] = {
    "listed": "nog te bellen, to be called, te bellen, to call, te benaderen, nieuw, new, niet benaderd, "
    "not approached, not called",
    "approached": "benaderd, approached, gebeld, called, gemaild, mailed, geen gehoor, no answer, voicemail, "
    "terugbellen, call back, contacted, voicemail ingesproken, left voicemail, left a message, wil nadenken, denkt na, "
    "denkt erover na, twijfelt, thinking about it, in doubt",
    "screened": "gescreend, screened, screener gedaan, screener ingevuld, screener done",
    "excluded": "valt af, excluded, past niet, does not fit, afgevallen, afgewezen, rejected, ongeschikt, unsuitable, "
    "niet geschikt, not suitable, screened out, screen-out, niet gekwalificeerd, does not qualify",
    "reserve": "reserve, reserve, op reserve, in reserve, reservelijst, reserve list, wachtlijst, waiting list, "
    "waitlist, back-up, backup, quotum vol, quota full",
    "fits": "past, fits, geschikt, suitable, geselecteerd, selected, aangenomen, accepted, uitgenodigd, invited, "
    "gekwalificeerd, qualifies, qualified",
    "refused": "weigert, refused, geweigerd, refuses, wil niet, declined, declines, geen tijd, no time, "
    "geen interesse, not interested, doet niet mee, niet bellen, do not call, niet meer bellen",
    "confirmed": "bevestigd, confirmed, bevestigt, toegezegd, zegt ja, said yes, says yes, definitief, komt, doet mee, "
    "is coming, comes, will attend",
    "cancelled": "afgemeld, cancelled, canceled, afgezegd, zegt af, heeft afgezegd, geannuleerd, verhinderd, "
    "komt niet, not coming, kan niet meer, cannot come, can't come, dropped out",
    "no_show": "niet verschenen, no-show, no show, noshow, niet gekomen, did not come, did not show up, kwam niet",
    "came": "gekomen, came, geweest, was er, was there, aanwezig, present, attended, verschenen, showed up",
}
PAID_IN_WORDS = "betaald, paid, uitbetaald, paid out"
_REASONS = frozenset({
    "geen gehoor", "no answer", "voicemail", "voicemail ingesproken", "wil nadenken", "twijfelt",
    "terugbellen", "call back", "quotum vol", "quota full", "geen tijd",
    "no time", "geen interesse", "not interested", "verhinderd",
})  # fmt: skip
"""Words for a state that also say why."""
_CONTACT = re.compile(
    r"mail|\btel|telefoon|\bgsm\b|mobiel|mobile|phone|contact|adres|address|whatsapp|postcode|zip|postal|woonplaats"
    r"|\bstreet|straat|iban|rekening|bank|geboorte|birth"
)
_NOT_PAID = frozenset({"", "nee", "no", "n", "-", "–", "0", "false", "nog niet", "not yet", "open"})

COLUMNS: Mapping[str, str] = keys_of(COLUMNS_IN_WORDS)
_STATE_OF: dict[str, CandidateState] = {
    folded(word).strip(): state for state, words in STATES_IN_WORDS.items() for word in words.split(",")
}
_PAID = frozenset(folded(word).strip() for word in PAID_IN_WORDS.split(","))
_BEHIND = re.compile(r"\s*[:;,.(–—-]\s*|\s+(?=\d)")


def column_of(heading: str) -> str:
    """Return what a column is by its heading; empty for one of the list's own, an answer mostly."""
    known = COLUMNS.get(squeezed(heading))
    if known:
        return known
    return "contact" if _CONTACT.search(folded(heading)) else ""


def read_state(text: str) -> tuple[CandidateState, str, bool] | None:
    """Return the state that a cell says, what more it says, and whether it says paid; None for what is no state.

    Words behind a state count as a reason where a sign divides them from it.
    """
    said = " ".join(folded(text).split()).strip(" .!")
    if not said:
        return "listed", "", False
    if said in _PAID:
        return "came", "", True
    if (state := _STATE_OF.get(said)) is not None:
        return state, text.strip() if said in _REASONS else "", False
    parted = _BEHIND.search(text.strip(), 1)
    while parted is not None:
        begins = " ".join(folded(text.strip()[: parted.start()]).split())
        if (state := _STATE_OF.get(begins)) is not None or begins in _PAID:
            return state or "came", text.strip()[parted.end() :].strip(" )"), begins in _PAID
        parted = _BEHIND.search(text.strip(), parted.end())
    return None


def is_paid(cell: str) -> bool:
    """Whether a cell below *paid* says so: anything but a word for no."""
    return folded(cell).strip(" .!") not in _NOT_PAID


def word_of(words: str, language: str) -> str:
    """Return how something is written in a language, of its words between commas."""
    return words.split(", ")[language != "nl"]
