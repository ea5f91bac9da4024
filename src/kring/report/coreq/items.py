"""The 32 items of COREQ, the criteria for reporting qualitative research, and where each answer can come from.

Tong A, Sainsbury P, Craig J (2007), Int J Qual Health Care 19(6), 349-357. Names of items as published; what is asked
is in our own words.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from kring.domain.text import N_

Source = Literal["file", "study", "human"]


class Item(Struct, frozen=True):
    """One item; `source` is where its answer can come from: the session file, the study, or a person only."""

    number: int
    domain: int
    name: str
    asks: str
    source: Source


DOMAINS = {
    1: N_("Research team and reflexivity"),
    2: N_("Study design"),
    3: N_("Analysis and findings"),
}
ITEMS: tuple[Item, ...] = (
    Item(1, 1, N_("Interviewer or facilitator"), N_("Who led the group?"), "file"),
    Item(2, 1, N_("Credentials"), N_("Which titles or degrees do the researchers have?"), "study"),
    Item(3, 1, N_("Occupation"), N_("What was their occupation at the time of the study?"), "study"),
    Item(4, 1, N_("Gender"), N_("What is the gender of the researchers?"), "study"),
    Item(5, 1, N_("Experience and training"), N_("Which experience or training do they have?"), "study"),
    Item(6, 1, N_("Relationship established"), N_("Did they know participants before the study began?"), "study"),
    Item(7, 1, N_("Participant knowledge of the interviewer"), N_("What did participants know of them?"), "study"),
    Item(8, 1, N_("Interviewer characteristics"), N_("Which interests or biases of theirs are reported?"), "study"),
    Item(9, 2, N_("Methodological orientation"), N_("Which method or theory underpins the study?"), "study"),
    Item(10, 2, N_("Sampling"), N_("How were participants selected?"), "study"),
    Item(11, 2, N_("Method of approach"), N_("How were participants approached?"), "study"),
    Item(12, 2, N_("Sample size"), N_("How many participants were there?"), "file"),
    Item(13, 2, N_("Non-participation"), N_("How many refused or dropped out, and why?"), "file"),
    Item(14, 2, N_("Setting of data collection"), N_("Where was it held?"), "file"),
    Item(15, 2, N_("Presence of non-participants"), N_("Who else was there?"), "file"),
    Item(16, 2, N_("Description of sample"), N_("What characterises the sample?"), "file"),
    Item(17, 2, N_("Interview guide"), N_("Which questions were there, and asked? Was it tried out?"), "file"),
    Item(18, 2, N_("Repeat interviews"), N_("Did the same people come again?"), "study"),
    Item(19, 2, N_("Audio or visual recording"), N_("Was it recorded?"), "file"),
    Item(20, 2, N_("Field notes"), N_("Were notes made, and when?"), "file"),
    Item(21, 2, N_("Duration"), N_("How long did it take?"), "file"),
    Item(22, 2, N_("Data saturation"), N_("Was saturation discussed?"), "study"),
    Item(23, 2, N_("Transcripts returned"), N_("Did participants get transcripts to comment on?"), "study"),
    Item(24, 3, N_("Number of data coders"), N_("How many people coded?"), "file"),
    Item(25, 3, N_("Description of the coding tree"), N_("Which codes were used?"), "file"),
    Item(26, 3, N_("Derivation of themes"), N_("Were themes set beforehand, or drawn from the talk?"), "file"),
    Item(27, 3, N_("Software"), N_("Which software was used?"), "file"),
    Item(28, 3, N_("Participant checking"), N_("Did participants comment on the findings?"), "study"),
    Item(29, 3, N_("Quotations presented"), N_("Are there quotes, each with a participant's code?"), "file"),
    Item(30, 3, N_("Data and findings consistent"), N_("Do the findings follow from what was said?"), "human"),
    Item(31, 3, N_("Clarity of major themes"), N_("Are the major themes clear in the findings?"), "human"),
    Item(32, 3, N_("Clarity of minor themes"), N_("Are other views and minor themes discussed?"), "human"),
)
