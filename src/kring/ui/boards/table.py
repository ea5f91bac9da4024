"""The boards of the live screens, in the order of the tab line; a new one is one line here."""

from __future__ import annotations

from kring.ui.boards.board import Board
from kring.ui.boards.breakouts import BreakoutsBoard
from kring.ui.boards.briefing import BriefingBoard
from kring.ui.boards.checks import ChecksBoard
from kring.ui.boards.closing import ClosingBoard
from kring.ui.boards.consensus import ConsensusBoard
from kring.ui.boards.gallery import GalleryBoard
from kring.ui.boards.guide import GuideBoard
from kring.ui.boards.issues import IssuesBoard
from kring.ui.boards.mirror import MirrorBoard
from kring.ui.boards.people import PeopleBoard
from kring.ui.boards.poll import PollBoard
from kring.ui.boards.proposal import ProposalBoard
from kring.ui.boards.read_back import ReadBackBoard

BOARDS: tuple[type[Board], ...] = (
    ChecksBoard,
    IssuesBoard,
    PeopleBoard,
    GuideBoard,
    PollBoard,
    ConsensusBoard,
    ProposalBoard,
    BreakoutsBoard,
    BriefingBoard,
    GalleryBoard,
    MirrorBoard,
    ReadBackBoard,
    ClosingBoard,
)
