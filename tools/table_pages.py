"""A page for each table of a session file, from what the program itself says of it: `write` them anew, or `check`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from kring.exports.questions import QUESTIONS
from kring.store.described import Described, described_tables, described_views
from kring.system import i18n

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "tables"
MANUAL = ROOT / "docs" / "the-session-file.md"
BEGIN, END = "<!-- tables: begin -->", "<!-- tables: end -->"

VIEWS, TABLES = described_views(), described_tables()
EXAMPLES = {
    "timeline": "select t, what, participant, question, text from timeline where t between 600 and 900",
    "talk_time": "select participant, segment, share_percent from talk_time where status <> 'no_show'",
    "speaking": "select speaker, count(*) as turns, sum(duration_s) as talk_s from speaking group by speaker",
    "presence": "select participant, min(from_ms) / 60000 as came_min from presence group by participant",
    "time_by_item": "select number, title, spent_s / 60 as minutes from time_by_item where asked",
    "plan_and_actual": "select number, title, over_s from plan_and_actual where over_s > 0",
    "rooms_people": "select room, leader, name, t, turns, notes from rooms_people order by room",
    "rooms": "select number, leader, how, seed, duration_s from rooms",
    "room_stays": "select o.number, count(*) as people from room_stays s join rooms o on o.id = s.room group by o.id",
    "room_turns": "select o.number, count(*) as turns from room_turns k join rooms o on o.id = k.room group by o.id",
    "quotes": "select participant, question, text from quotes where starred and not stub",
    "coverage": "select recorded_by, count(*) as quotes from coverage where kind = 'quote' group by recorded_by",
    "quotes_by_code": "select code, count(distinct participant) as participants from quotes_by_code group by code",
    "silences": "select after, count(*) as silences, max(duration_s) as longest_s from silences group by after",
    "after_probes": "select kind, count(*) as probes, avg(talk_s) as mean_talk_s from after_probes group by kind",
    "invitations": "select participant, count(*) as times, sum(within_minute) as spoke from invitations "
    "group by participant",
    "segment_definitions": "select segment, definition, since from segment_definitions where holds",
    "personas": "select id, segment, goals, frustrations from personas where removed_at is null",
    "yields": "select g.number, y.title, y.heard_at is not null as heard from yields y join guide g on g.id = y.item",
    "probes": "select text, kind, t from probes order by at",
    "invitations_to_speak": "select participant, count(*) as times from invitations_to_speak group by participant",
    "sentences": "select situation, text, t from sentences order by at",
    "reminders": "select reminder, t from reminders order by at",
    "session": "select title, started_at, ended_at from session",
    "staff": "select role, count(*) as people from staff group by role",
    "role_changes": "select t, name, was, role from role_changes order by t",
    "guide": "select number, title from guide where kind = 'question' and must_ask and removed_at is null",
    "pacing": "select g.number, p.before_s, p.after_s, p.accepted from pacing p join guide g on g.id = p.item",
    "participants": "select segment, count(*) as people from participants where status <> 'no_show' group by segment",
    "attendance": "select participant, status, reason, t, duration_s from attendance where status = 'away'",
    "briefings": "select participant, t, item from briefings order by t",
    "consents": "select scope, count(*) as participants from consents where given group by scope",
    "checks": "select phase, title, done_at from checks where gate and removed_at is null",
    "stimuli": "select label, title, shown_at from stimuli where removed_at is null",
    "showings": "select s.label, w.t, w.duration_s from showings w join stimuli s on s.id = w.stimulus "
    "where w.removed_at is null order by w.t",
    "polls": "select p.title, round, avg(value) as mean from answers join polls p on p.id = poll group by p.id, round",
    "poll_rounds": "select p.title, r.number, r.t from poll_rounds r join polls p on p.id = r.poll order by r.t",
    "answers": "select round, value, count(*) as participants from answers where removed_at is null "
    "group by round, value order by round, count(*) desc",
    "poll_counts": "select round, value, count from poll_counts where removed_at is null order by round, count desc",
    "statements": "select g.number, s.text, s.added_by from statements s join guide g on g.id = s.item "
    "where s.removed_at is null",
    "consensus": "select g.number, s.text as statement, c.stance, count(*) as participants from consensus c "
    "join guide g on g.id = c.item left join statements s on s.id = c.statement "
    "where c.removed_at is null group by g.number, s.text, c.stance",
    "devices": "select id, drift_ms, slept_ms from devices",
    "imports": "select i.engine, count(t.id) as utterances from imports i left join transcript t on t.import_id = i.id "
    "where i.kind = 'transcript' group by i.id",
    "import_names": "select i.file, n.who, n.participant from import_names n join imports i on i.id = n.import_id "
    "where n.removed_at is null",
    "chat_reactions": "select n.text, c.sign, count(*) as people from chat_reactions c join notes n on n.id = c.note "
    "where c.removed_at is null group by n.id, c.sign",
    "signals": "select t, participant, what from signals where removed_at is null order by at",
    "platform_stays": "select participant, sum(duration_s) as seconds from platform_stays "
    "where in_waiting_room = 0 and removed_at is null group by participant",
    "platform_answers": "select question, value, count(*) as people from platform_answers where removed_at is null "
    "group by question, value",
    "survey_questions": "select title, kind from survey_questions where removed_at is null order by position",
    "survey_answers": "select q.title, a.value, count(*) as respondents from survey_answers a "
    "join survey_questions q on q.id = a.question where a.removed_at is null group by q.id, a.value",
    "attachments": "select name, media_type, bytes, t from attachments where removed_at is null",
    "visits": "select g.number, v.t, v.duration_s - v.paused_s as seconds from visits v join guide g on g.id = v.item",
    "pauses": "select t, duration_s from pauses",
    "turns": "select participant, avg(duration_s) as mean_s from turns where removed_at is null and participant <> '' "
    "group by participant",
    "notes": "select kind, count(*) as notes from notes where removed_at is null group by kind",
    "issues": "select title, participant, coalesce(minutes_lost, duration_s / 60) as minutes from issues",
    "cues": "select text, t, seen_at is not null as seen from cues where not automatic",
    "observer_questions": "select number, text, status, reason from observer_questions order by number",
    "back_room": "select t, text from back_room order by at",
    "recordings": "select source, t, duration_s from recordings",
    "segments": "select file, duration_s, sha256 from segments order by number",
    "anchors": "select segment, count(*) as anchors, max(frames) as frames from anchors group by segment",
    "voice": "select sum(duration_s) / 60 as minutes from voice",
    "turn_proposals": "select change, count(*) as proposals from turn_proposals where accepted is null group by change",
    "transcript": "select participant, text, t from transcript where removed_at is null order by started_at",
    "codes": "select c.name, t.name as theme, c.description from codes c left join codes t on t.id = c.parent",
    "codings": "select coder, count(*) as codings from codings where removed_at is null group by coder",
    "coded_until": "select coder, until from coded_until order by coder",
    "name_rulings": "select words, taken_as, participant from name_rulings where removed_at is null order by words",
    "memos": "select author, text, at from memos where removed_at is null order by at",
    "turn_judgements": "select j.kind = t.kind and j.participant is t.participant as same, count(*) as turns "
    "from turn_judgements j join turns t on t.id = j.turn group by 1",
    "summary_lines": "select number, text, read_at from summary_lines where removed_at is null order by number",
    "summary_answers": "select participant, agreed, correction from summary_answers order by at",
    "debrief": "select field, author, answer from debrief where removed_at is null order by answered_at",
    "coreq": "select id, answer from coreq order by cast(id as integer)",
    "events": "select kind, count(*) as events from events group by kind order by count(*) desc",
}
"""A query for each table, which its page shows for Datasette, pandas and R."""


def pages() -> dict[Path, str]:
    """Return what the pages should say."""
    i18n.use("en")
    found = {FOLDER / f"{name}.md": "\n".join(page(name, told)) + "\n" for name, told in (VIEWS | TABLES).items()}
    found[FOLDER / "questions.md"] = "\n".join(questions()) + "\n"
    around = MANUAL.read_text("utf-8")
    listed = "\n".join(contents())
    found[MANUAL] = re.sub(f"{BEGIN}.*?{END}", lambda _found: f"{BEGIN}\n{listed}\n{END}", around, flags=re.DOTALL)
    return found


def page(name: str, told: Described) -> Iterator[str]:
    """Yield the lines of one table's page."""
    yield f"# `{name}`"
    yield ""
    kind = "View" if name in VIEWS else "Table"
    yield f"{told.what} {kind} of [the session file](../the-session-file.md)."
    yield ""
    yield "| column | is |"
    yield "| --- | --- |"
    for column, meaning in told.columns.items():
        yield f"| `{column}` | {meaning.replace('|', chr(92) + '|')} |"
    yield ""
    query = EXAMPLES[name]
    yield "In Datasette, or any other program that speaks SQL:"
    yield ""
    yield from fenced("sql", query)
    yield "In pandas:"
    yield ""
    yield from fenced(
        "python",
        "import sqlite3",
        "import pandas as pd",
        "",
        'db = sqlite3.connect("file:session.db?mode=ro", uri=True)',
        f'found = pd.read_sql("{query}", db)',
    )
    yield "In R:"
    yield ""
    yield from fenced(
        "r",
        "library(DBI)",
        'db <- dbConnect(RSQLite::SQLite(), "session.db", flags = RSQLite::SQLITE_RO)',
        f'found <- dbGetQuery(db, "{query}")',
    )


def questions() -> Iterator[str]:
    """Yield the lines of the page with the questions that `kring browse` answers."""
    yield "# Questions to ask a session file"
    yield ""
    yield "[kring browse](../browse.md) has them ready; anywhere else, take the query. A word with a colon before it is"
    yield "to be filled in."
    for question in QUESTIONS.values():
        yield ""
        yield f"## {question.title}"
        yield ""
        yield question.description
        yield ""
        yield from list(fenced("sql", question.sql))[:-1]


def contents() -> Iterator[str]:
    """Yield the list of views and tables with a link to the page of each."""
    for heading, tables in (("Views, to begin with", VIEWS), ("Tables", TABLES)):
        yield ""
        yield f"### {heading}"
        yield ""
        for name, told in tables.items():
            yield f"- [`{name}`](tables/{name}.md): {told.what[0].lower()}{told.what[1:]}"
    yield ""


def fenced(language: str, *lines: str) -> Iterator[str]:
    """Yield lines as a block of code."""
    yield f"```{language}"
    yield from lines
    yield "```"
    yield ""


def main(asked: str) -> int:
    """Write the pages, or say which are stale."""
    stale = [path for path, text in pages().items() if not path.exists() or path.read_text("utf-8") != text]
    for path in stale:
        if asked == "write":
            path.parent.mkdir(exist_ok=True)
            path.write_text(pages()[path], "utf-8")
        else:
            print(f"{path.relative_to(ROOT)} is stale; run tools/table_pages.py write")
    return 1 if stale and asked != "write" else 0


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["write" | "check" as word]:
            sys.exit(main(word))
        case _:
            sys.exit("tools/table_pages.py write | check")
