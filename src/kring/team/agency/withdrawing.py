"""Withdrawing what lets people in to a study: one code, or all that was ever given out."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from kring.domain.text import KringError
from kring.team.agency import installation, setting_up
from kring.team.agency.installation import Installation
from kring.team.entry import passes, tokens


def code(folder: Path, text: str, now_s: int) -> tuple[str, list[str]]:
    """Let nobody in any more with a code; return whose study it is, and which servers have to be told yet."""
    one, given = installation.known(folder), passes.read(text)
    study = next((name for name in one.studies if _account(folder, name) == given.account), None)
    if study is None:
        raise KringError("This code is of no study of this server.")
    plan = one.studies[study]
    withdrawn = (*plan.withdrawn, given.public) if given.public not in plan.withdrawn else plan.withdrawn
    return study, _told(folder, replace(one, studies=one.studies | {study: replace(plan, withdrawn=withdrawn)}), now_s)


def everything(folder: Path, study: str, now_s: int) -> list[str]:
    """Let nobody in any more with anything that was given out for a study, and write its credentials and its reading
    code anew; return which servers have to be told yet.
    """
    one = installation.known(folder)
    if study not in one.studies:
        raise KringError("There is no study {study} on this server.", study=study)
    installation.let_nobody_in_any_more(folder, study)
    return _told(folder, one, now_s)


def _told(folder: Path, one: Installation, now_s: int) -> list[str]:
    installation.keep(folder, one)
    setting_up.write(folder, one, now_s)
    return setting_up.reload(folder, one)


def _account(folder: Path, study: str) -> bytes:
    return tokens.packed(tokens.public_of(installation.study_keys(folder, study).account))
