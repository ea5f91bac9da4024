"""`kring study codes` with an act: the codebook of a study is changed in all its groups."""

from __future__ import annotations

import shlex
from argparse import Namespace
from collections.abc import Iterable, Iterator, Mapping

from kring.cli.review import own_name
from kring.cli.study.asked import Asked, print_lines
from kring.domain.decide import Decision, decision
from kring.domain.study import shared_codes
from kring.domain.study.coded_passages import passages_named
from kring.domain.study.coders import code_key
from kring.domain.text import KringError, one_line
from kring.plans.file import as_typed
from kring.session.session import Me
from kring.study.codes.codebook import Book, Done, Step, codings_named, read_book, steps, taking_back, write
from kring.study.codes.splitting import splitting
from kring.study.finding.choices import groups_asked
from kring.study.finding.evidence import session_called
from kring.system import settings
from kring.system.i18n import _, say
from kring.ui.study.code_words import step_told

ROLE = "researcher"
CHANGE = ("merge", "rename", "split", "share", "undo")
BELONGS = {
    "into": ("merge", "rename", "split"),
    "passages": ("split",),
    "like": ("share",),
    "why": ("merge", "rename", "split", "share"),
    "name": CHANGE,
    "dry_run": CHANGE,
}
"""With which acts an option goes."""
NOT_GIVEN = (None, False)


def refuse_together(asked: Namespace) -> None:
    """Refuse options that say nothing, or nothing together; raises KringError."""
    acts = [act for act in (*CHANGE, "history") if getattr(asked, act) not in NOT_GIVEN]
    if len(acts) > 1:
        raise KringError("One at a time: {options}.", options=", ".join(f"--{act}" for act in acts))
    act = acts[0] if acts else ""
    for option, belongs in BELONGS.items():
        if getattr(asked, option) not in NOT_GIVEN and act not in belongs:
            raise KringError(
                "--{option} goes with {others} only.",
                option=option.replace("_", "-"),
                others=", ".join(f"--{one}" for one in belongs),
            )
    if asked.json and act in CHANGE:
        raise KringError("--json tells what is there; leave it out to change something.")


def change_codebook(about: Asked, asked: Namespace) -> int:
    """Do in every group what is asked, or only say what it would be; nothing is written where a file can't be."""
    books = {session: read_book(about.finding.file_of(session)) for session in about.groups}
    me = Me(one_line(asked.name or own_name()), ROLE, settings.device_id())
    todo = taking_back(books, me) if asked.undo else steps(books, _decisions(about, books, asked))
    if not todo:
        raise (
            KringError("The last thing that {name} did in these groups was not to the codes.", name=me.name)
            if asked.undo
            else KringError("Nothing was changed.")
        )
    print_lines(step_told(about.called[step.session], step) for step in todo)
    troubles = [*about.finding.unreadable(), *(step.book.trouble for step in todo if step.book.trouble)]
    if troubles:
        print_lines([*map(say, troubles), _("Nothing is changed: one codebook is for all groups. Put right what is "
                                            "wrong with these files, or keep them elsewhere meanwhile.")])  # fmt: skip
        return 1
    print_lines(_open_elsewhere(about, todo))
    if asked.dry_run:
        print_lines([_("Nothing is changed yet; do it without --dry-run.")])
        return 0
    done = list(write(todo, me))
    print_lines(_became(about, done, me.name, is_undo=asked.undo))
    return 0 if all(one.is_written for one in done) else 1


def _decisions(about: Asked, books: Mapping[int, Book], asked: Namespace) -> dict[int, Decision]:
    """Return what is decided in each group that has to do with it."""
    why = one_line(asked.why or "")
    if asked.share:
        return _sharing(about, books, asked, why)
    old = one_line(next(name for name in (asked.merge, asked.rename, asked.split) if name is not None))
    into = one_line(asked.into or "")
    if not into:
        raise KringError("Name the code that it becomes: --into NEW.")
    with_it = _those_with(books, old)
    book = {code_key(code.name): code for code in shared_codes.shared(one.state for one in books.values())}
    if code_key(old) == code_key(into) and asked.rename is None:
        raise KringError("{code} is that code itself; name another one.", code=old)
    if asked.split is not None:
        return splitting(books, old, into, _codings(about, books, old, asked.passages or ""), why)
    if asked.merge is not None:
        if code_key(into) not in book:
            raise KringError("No codebook has {code}; to give {old} that name, use --rename.", code=into, old=old)
        return dict.fromkeys(with_it, decision(shared_codes.merge, old, book[code_key(into)], why))
    taken = [about.called[session] for session, one in books.items() if one.has(into)]
    if taken and code_key(old) != code_key(into):
        raise KringError(
            "{code} is there already, in {groups}; let {old} go into it with --merge.",
            code=into, groups=", ".join(taken), old=old,
        )  # fmt: skip
    return dict.fromkeys(with_it, decision(shared_codes.rename, old, into, why))


def _those_with(books: Mapping[int, Book], name: str) -> list[int]:
    found = [session for session, book in books.items() if book.has(name)]
    if not found:
        raise KringError("No codebook has {code}.", code=name)
    return found


def _codings(about: Asked, books: Mapping[int, Book], code: str, passages: str) -> dict[int, list[str]]:
    """Return the codings of a code on what somebody points to, by their group; raises KringError."""
    found: dict[int, list[str]] = {}
    for named in passages_named(passages):
        if not (named.note or named.words or named.begin_s is not None):
            raise KringError('{words} points to no passage; write it as group 1 #12, group 1 32:10 or group 1 "words".',
                             words=named.told)  # fmt: skip
        session = session_called(about.groups, named.group, named.told)
        here = codings_named(books[session], code, named)
        if not here:
            raise KringError("{words} does not have the code {code}.", words=named.told, code=code)
        found.setdefault(session, []).extend(one for one in here if one not in found.get(session, ()))
    if not found:
        raise KringError('Say of which passages: --passages "group 1 #12, 32:10-34:00; group 2 #3".')
    return found


def _sharing(about: Asked, books: Mapping[int, Book], asked: Namespace, why: str) -> dict[int, Decision]:
    """Return what gives each group the codes that it lacks: those of all groups, or exactly as one group has them."""
    model = groups_asked(about.groups, [asked.like]) if asked.like else ()
    codes = shared_codes.shared(books[session].state for session in model or books)
    there = (session for session in books if session not in model)
    return {
        session: decision(shared_codes.share, codes, bool(model), why)
        for session in there
        if any(shared_codes.lacking(books[session].state, codes, bool(model)))
    }


def _open_elsewhere(about: Asked, todo: Iterable[Step]) -> Iterator[str]:
    for step in todo:
        if step.book.is_open_elsewhere:
            yield _("{group} is open elsewhere too; who works in it sees the change at once.").format(
                group=about.called[step.session]
            )


def _became(about: Asked, done: list[Done], name: str, *, is_undo: bool) -> Iterator[str]:
    """Yield what was written, and what was not; and how it is taken back."""
    written = [one.step for one in done if one.is_written]
    left = [one.step for one in done if not one.is_written]
    if written:
        yield _("Changed: {groups}.").format(groups=_listed(about, written))
    yield from (say(one.problem) for one in done if one.problem is not None)
    if left:
        yield _("NOT changed: {groups}. The same command goes on with these.").format(groups=_listed(about, left))
    if written and not is_undo:
        folder, who = as_typed(about.finding.folder), shlex.quote(name)
        yield _("To take it back everywhere: kring study codes {folder} --undo --name {name}").format(
            folder=folder, name=who
        )


def _listed(about: Asked, those: Iterable[Step]) -> str:
    return ", ".join(f"{about.called[step.session]} ({step.book.path.name})" for step in those)
