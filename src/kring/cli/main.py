"""The commands of the shell: `kring run`, `kring new` …; the one place that wires the parts together."""

from __future__ import annotations

import gc
import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from kring.cli import importing, joining, leaving, observers, server, streams, study
from kring.cli.faults import FAILED, denied, kept, tell, too_long
from kring.cli.late_modules import LATE
from kring.cli.parser import (
    COLUMNS,
    COMMANDS,
    EXPLAIN,
    FORCE,
    JSON,
    RUNNING,
    SOUND,
    PrintSchema,
    asked_language,
    choose_language,
    command,
    given,
    parsed,
    parser,
    speak,
    speak_of,
)
from kring.domain.text import N_, KringError, clean
from kring.exports.formats import FORMATS
from kring.system import late

INTERRUPTED = 130


SESSION = given("file", N_("the session file"), type=Path, metavar="SESSION.db")
PLAN = given("plan", N_("the plan"), type=Path, metavar="PLAN.md")
NAMES = given("--names", N_("with the names of people; otherwise codes"), action="store_true")


@command(
    N_("start a session from a plan, or resume one"),
    given("file", N_("a plan or a session file"), type=Path, metavar="PLAN.md|SESSION.db"),
    given("--as", N_("your role"), dest="role", choices=("moderator", "assistant")),
    given("--name", N_("your name, as the session file keeps it")),
    given("--dir", N_("the folder for the session file"), type=Path),
    given("--new", N_("begin anew where this plan was begun before"), action="store_true"),
    *RUNNING,
)
def run(asked: Namespace) -> int:
    """Start or resume a session, with screens or with typed lines."""
    if not asked.plain:
        gc.disable()  # starting makes no garbage: looking for it takes a seventh of the time to the first paint
    from kring.cli.run import run_command

    return run_command(asked, speak)


@command(
    N_("rehearse with a simulated group, the plan that comes with kring or your own"),
    given("plan", N_("your own plan"), type=Path, metavar="PLAN.md", nargs="?"),
    given("--speed", N_("how many times faster than real"), type=float, default=10.0, metavar="N"),
    given("--headless", N_("without screens, as fast as it goes"), action="store_true"),
    given("--seed", N_("the same seed gives the same session"), type=int, default=1, metavar="N"),
    given("--study", N_("play the groups of a whole study that comes with kring, unseen"), action="store_true"),
    given("--out", N_("the session file to write; with --study the folder"), type=Path, metavar="SESSION.db"),
)
def demo(asked: Namespace) -> int:
    """Run the main job with a simulated group; where there is no terminal, unseen."""
    from kring.cli.rehearse import rehearse

    return rehearse(asked)


@command(
    N_("see, check, correct and code a session afterwards"),
    SESSION,
    given("--at", N_("a moment: 42:13 on the session's clock, or 20:04:13 as a time of day"), metavar="TIME"),
    given("--name", N_("your name, as the session file keeps it")),
)
def review(asked: Namespace) -> int:
    """Show a session to a researcher."""
    from kring.cli.review import review_command

    return review_command(asked, speak)


@command(
    N_("write a plan to fill in, or make one of a guide in Word"),
    PLAN,
    given("--online", N_("for a group online"), dest="place", action="store_const", const="online"),
    given("--in-person", N_("for a group on location"), dest="place", action="store_const", const="in-person"),
    given(
        "--from",
        N_("the discussion guide to make it of: Word, a workbook or text"),
        dest="source",
        type=Path,
        metavar="GUIDE.docx",
    ),
    needs_sqlite=False,
)
def new(asked: Namespace) -> int:
    """Write a complete template of a plan, or the plan that a guide holds."""
    from kring.cli.plan import new_command

    return new_command(asked)


@command(N_("read a plan and say what may go wrong"), PLAN, JSON, EXPLAIN, needs_sqlite=False)
def check(asked: Namespace) -> int:
    """Print outline, times and warnings of a plan."""
    from kring.cli.plan import check_command

    return check_command(asked, speak)


@command(
    N_("write the discussion guide in Word, for the client to sign off"),
    PLAN,
    given("-o", N_("the Word file to write"), dest="out", type=Path, metavar="FILE.docx"),
    given("--checklist", N_("with the checklist, and the checks in the guide"), action="store_true"),
    FORCE,
    needs_sqlite=False,
)
def guide(asked: Namespace) -> int:
    """Write the guide of a plan in Word."""
    from kring.cli.plan import guide_command

    return guide_command(asked, speak)


@command(
    N_("write invitation, instructions, reminder, appointment and run sheet of a plan"),
    PLAN,
    given("-o", N_("the folder to write into"), dest="out", type=Path, metavar="FOLDER"),
    given(
        "--templates", N_("letters of your own; what is not there yet is written there"), type=Path, metavar="FOLDER"
    ),
    given("--zone", N_("the time zone of the session; otherwise this computer's"), metavar="Europe/Amsterdam"),
    given("--names", N_("names of participants on the run sheet; otherwise codes"), action="store_true"),
    FORCE,
    needs_sqlite=False,
)
def invite(asked: Namespace) -> int:
    """Write the invitation kit of a plan."""
    from kring.cli.invite import invite_command

    return invite_command(asked, speak)


@command(
    N_("print the story of a session"),
    SESSION,
    JSON,
    given("--all", N_("what was undone too, and what the recorder notes all the time"), action="store_true"),
    given("--codes", N_("codes (P1) instead of names, in notes too"), action="store_true"),
)
def timeline(asked: Namespace) -> int:
    """Print what happened in a session, in order."""
    from kring.cli.session_file import timeline_command

    speak_of(asked, asked.file)
    return timeline_command(asked)


@command(
    N_("play the sound of a session"),
    SESSION,
    given("--at", N_("a moment: 42:13 on the session's clock, or 20:04:13 as a time of day"), metavar="TIME"),
    given("--note", N_("the moment of the note with this number"), metavar="N"),
    given("--question", N_("the moment at which this question was opened"), metavar="N"),
    given("--before", N_("how many seconds before that moment to begin"), type=float, default=5.0, metavar="SECONDS"),
    given("--for", N_("how many seconds of sound to play"), dest="seconds", type=float, metavar="SECONDS"),
    given("--speed", N_("from 1 to 2 times as fast, at the same pitch"), type=float, default=1.0, metavar="N"),
    given("--device", N_("the output to play to, by a part of its name"), metavar="NAME"),
)
def play(asked: Namespace) -> int:
    """Play the sound of a session from a moment on."""
    from kring.session.playback import play_command

    speak_of(asked, asked.file)
    return play_command(asked)


@command(
    N_("compare the logged turns with the sound"),
    SESSION,
    given("--refine", N_("listen, and propose better turns"), action="store_true"),
    given("--list", N_("the proposals, one a line"), action="store_true"),
    given("--accept", N_("accept these proposals: their numbers, or all"), nargs="+", metavar="N"),
    given("--decline", N_("decline these proposals"), nargs="+", metavar="N"),
    given("--name", N_("your name, as the session file keeps it")),
    JSON,
)
def turns(asked: Namespace) -> int:
    """Show talk time by the hand log, and what the sound would change in it."""
    from kring.cli.turns import turns_command

    speak_of(asked, asked.file)
    return turns_command(asked)


@command(
    N_("say what was recorded, keep it as FLAC, or write it as one file"),
    SESSION,
    JSON,
    *SOUND,
)
def sound(asked: Namespace) -> int:
    """Look after the sound of a session."""
    from kring.cli.sound import sound_command

    speak_of(asked, asked.file)
    return sound_command(asked)


@command(
    N_("write down what was said, on this computer, as a draft"),
    SESSION,
    given("--model", N_("the folder of a Whisper model; it is remembered"), type=Path, metavar="FOLDER"),
    given("--language", N_("the language that is spoken: nl, en …; otherwise the session's"), metavar="CODE"),
)
def transcribe(asked: Namespace) -> int:
    """Transcribe the sound of a session."""
    from kring.cli.sound import transcribe_command

    speak_of(asked, asked.file)
    return transcribe_command(asked)


@command(
    N_("prove that a session file is whole"),
    SESSION,
    given(
        "--head", N_("check codes noted before: is all up to there as it was"), nargs="+", default=(), metavar="CODE"
    ),
)
def verify(asked: Namespace) -> int:
    """Prove integrity, and that the tables equal the fold of the events."""
    from kring.cli.session_file import verify_command

    speak_of(asked, asked.file)
    return verify_command(asked)


@command(N_("write the tables anew from the events"), SESSION)
def rebuild(asked: Namespace) -> int:
    """Rewrite the tables from the events."""
    from kring.cli.session_file import rebuild_command

    speak_of(asked, asked.file)
    return rebuild_command(asked)


@command(
    N_("save what a damaged session file still holds"),
    given("file", N_("the damaged file"), type=Path, metavar="FILE"),
    given("-o", N_("the new session file"), dest="out", type=Path, required=True, metavar="NEW.db"),
)
def rescue(asked: Namespace) -> int:
    """Copy row by row what a damaged file still holds."""
    from kring.cli.session_file import rescue_command

    return rescue_command(asked)


@command(
    N_("write a session, or the sessions of a study, in another form"),
    given("files", N_("the session file, or several of one study"), type=Path, metavar="SESSION.db", nargs="+"),
    given("--to", N_("the format"), required=True, choices=tuple(FORMATS)),
    given("-o", N_("the file or folder to write"), dest="out", metavar="PATH"),
    FORCE,
    NAMES,
    COLUMNS,
    given("--sound", N_("the sound goes along too, in a format that can hold it"), action="store_true"),
    given("--schema", N_("print the JSON Schema of --to json and stop"), action=PrintSchema, nargs=0),
)
def export(asked: Namespace) -> int:
    """Write session files in another form."""
    from kring.cli.export import export_command

    speak_of(asked, asked.files[0])
    return export_command(asked)


@command(
    N_("look at a session in the browser, read-only"),
    SESSION,
    given("--port", N_("the port to listen on; usually a free one"), type=int, default=0, metavar="N"),
)
def browse(asked: Namespace) -> int:
    """Show a session file in Datasette."""
    from kring.cli.browse import browse_command
    from kring.ui.browser import can_open, open_link

    speak_of(asked, asked.file)
    return browse_command(asked, open_link if can_open() else None)


@command(
    N_("write the report of a session, as a page, for Word or in Markdown"),
    SESSION,
    given("-o", N_("the file to write: .html, .docx or .md"), dest="out", type=Path, metavar="REPORT"),
    given(
        "--for",
        N_("for whom: the team gets all of it, the client neither technique, COREQ, timeline nor the team's own notes"),
        dest="reader",
        choices=("team", "client"),
        default="team",
    ),
    given("--timeline", N_("with the timeline in Word and in print too"), action="store_true"),
    FORCE,
    NAMES,
    COLUMNS,
)
def report(asked: Namespace) -> int:
    """Write the report of a session."""
    from kring.cli.report import report_command

    speak_of(asked, asked.file)
    return report_command(asked)


@command(
    N_("write one page on a session: head counts, what most people said, what is open"),
    SESSION,
    given("-o", N_("the file to write: .html, .docx or .md"), dest="out", type=Path, metavar="TOPLINE"),
    FORCE,
    NAMES,
)
def topline(asked: Namespace) -> int:
    """Write the topline of a session."""
    from kring.cli.report import topline_command

    speak_of(asked, asked.file)
    return topline_command(asked)


@command(
    N_("answer the items of COREQ that no session file can know, or write the sheet of a study's sessions"),
    given("files", N_("the session files of one study"), type=Path, metavar="SESSION.db", nargs="+"),
    given("-o", N_("write the sheet to this file: .html, .docx or .md"), dest="out", type=Path, metavar="SHEET"),
    FORCE,
    given("--name", N_("your name, as the session file keeps it")),
    given("--all", N_("all 32 items, also those that the file fills"), action="store_true"),
)
def coreq(asked: Namespace) -> int:
    """Ask what a report to COREQ needs, once for a study, or write its sheet."""
    from kring.cli.coreq import coreq_command

    speak_of(asked, asked.files[0])
    return coreq_command(asked)


@command(
    N_("make a session file again from its JSON export"),
    given("export", N_("a JSON export, made with --names"), type=Path, metavar="EXPORT.json"),
    given("-o", N_("the session file to write"), dest="out", type=Path, required=True, metavar="SESSION.db"),
)
def restore(asked: Namespace) -> int:
    """Make the session file that was exported as JSON."""
    from kring.cli.session_file import restore_command

    return restore_command(asked)


COMMANDS |= {"study": study.STUDY, "server": server.SERVER, **observers.COMMANDS}
command(importing.SUMMARY, *importing.ARGUMENTS)(importing.import_)
command(importing.SUMMARY_OF_CODES, *importing.ARGUMENTS_OF_CODES)(importing.import_codes)
command(leaving.SUMMARY, *leaving.ARGUMENTS)(leaving.names)
command(joining.SUMMARY_OF_JOIN, *joining.ARGUMENTS_OF_JOIN)(joining.join)
command(joining.SUMMARY, *joining.ARGUMENTS)(joining.merge)


@command(N_("say what a bug report needs, and nothing personal"), JSON, needs_sqlite=False)
def doctor(asked: Namespace) -> int:
    """Print what a bug report needs."""
    from kring.cli.doctor import report as diagnosis

    return diagnosis(as_json=asked.json)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; whatever happens, a person reads one sentence."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    why_not = streams.make_usable()
    try:
        return _run(words) if why_not is None else tell(why_not)
    except KringError as problem:
        return tell(problem.sentence)
    except KeyboardInterrupt as stop:
        sys.stderr.write("".join(f"{clean(str(said))}\n" for said in stop.args))  # whoever asked for it saw it stop
        return INTERRUPTED
    except BrokenPipeError:
        streams.let_go_of_output()
        return FAILED
    except Exception as fault:  # noqa: BLE001 - the one place where a fault becomes a sentence
        why_not = streams.why_not_printed(fault)
        streams.let_go_of_output()
        return tell(why_not or denied(fault) or too_long(fault) or kept(fault))


def _run(words: Sequence[str]) -> int:
    late.install(LATE)
    choose_language(asked_language(words))
    asked = parsed(words)
    if asked.command is None:
        parser().print_help()
        return 0
    chosen = COMMANDS[asked.command].asked(asked)
    if chosen.needs_sqlite:
        from kring.system.sqlite_version import require_sound

        require_sound()
    code = chosen.run(asked)
    sys.stdout.flush()  # a closed pipe shows itself here, not while Python ends
    return code
