"""Why the reader took a line for what it is, in a few words for who wants to change it."""

from __future__ import annotations

from kring.domain.text import N_

Reason = str

TITLE = N_("the heading above all others")
SECTION = N_("a heading")
QUESTION_HEADING = N_("a heading that asks")
TOPIC = N_("a heading within a section")
ROSTER = N_("opens the list of participants")
CHECKLIST = N_("opens the checklist")
PHASE = N_("a part of the checklist")
ASIDE = N_("about the research, not the talk: one note")
BESIDE = N_("beside the talk")
OVERVIEW = N_("an overview of parts that come later")
HEADINGS: dict[str, Reason] = {
    "title": TITLE, "section": SECTION, "question": QUESTION_HEADING, "topic": TOPIC, "roster": ROSTER,
    "checklist": CHECKLIST, "phase": PHASE, "aside": ASIDE, "beside": BESIDE,
}  # fmt: skip
IN_LIST = N_("in the list of participants, or the checklist")
SPOKEN = N_("asks, between quotation marks")
MARKED = N_("a > in front")
CHECK = N_("a box to tick")
COMMAND = N_("an @ in front")
OFFERED = N_("names what is shown, asked or done")
ABOUT = N_("a fact about the session")
TIME_OF_SECTION = N_("the time of the section above")
YIELD = N_("names what the question must yield")
NAMES = N_("names a persona or a segment")
LABEL = N_("a label for what stands below it")
LABELLED = N_("by the label in front or above")
ASKS = N_("asks")
INVITES = N_("invites to tell something")
NUMBERED = N_("a number in front")
AGENDA = N_("a time and no question")
PROBE = N_("stands below a question")
CUE = N_("a cue to show or do something")
TOLD = N_("a text that asks nothing")
LISTED = N_("in a list that asks nothing")
NOT_UNDERSTOOD = N_("not understood")
CHOSEN = N_("chosen by you")
ROW = N_("by its column")
BY_LABEL = N_("by the label in its first cell")
TIME_BY_LABEL = N_("the time of what stands beside it")
HEADER_ROW = N_("names the columns")
TOTAL = N_("a sum or an end, no part")
FACT = N_("a key of the front matter")
WRAPPED = N_("goes on with the line above")
MAIL = N_("of a mail: a head, a greeting or a disclaimer")
STRUCK = N_("a line through it")
UNREAD = N_("empty, a line, or hidden")
