"""The session file's schema: numbered migrations, search, and guards on the truth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kring.store import views
from kring.system.sqlite import sqlite3

if TYPE_CHECKING:
    from sqlite_utils import Database
    from sqlite_utils.migrations import Migrations

APPLICATION_ID = 0x6B72_696E  # "krin"
VERSION = 2

TABLES = """
create table events (
  seq integer primary key, id text not null unique, hlc integer not null, at text not null, t real,
  actor text not null, role text not null, device text not null, kind text not null, v integer not null,
  data text, salt text, digest text not null, chain text not null
);
create table session (
  id text primary key, title text, objective text, study text, group_number text, language text, form text,
  planned_start text, planned_min real, platform text, link text, assistant_phone text, moderator text,
  assistant text, plan_file text, zone text, utc_offset_min integer, phase text, created_at text, doors_at text,
  started_at text, ended_at text, passed_gates text, open_visit text, open_turn text, open_pause text,
  open_recording text
) without rowid;
create table staff (id text primary key, name text, role text, joined_at text) without rowid;
create table guide (
  id text primary key, parent text references guide (id), position integer, number text, kind text, title text,
  question_kind text, must_ask integer, planned_s integer, planned_low_s integer, added_s integer, until text,
  warn_s integer, options text, label text, file text, url text, asked_at text, used_at text, skipped_at text,
  removed_at text
) without rowid;
create table participants (
  id text primary key, name text, seat integer, segment text, attributes text, consent text, status text,
  status_at text, reason text, hand_at text, on_list integer, removed_at text
) without rowid;
create table visits (
  id text primary key, item text references guide (id), started_at text, ended_at text, t real, duration_s real,
  paused_s real
) without rowid;
create table pauses (
  id text primary key, started_at text, ended_at text, t real, duration_s real
) without rowid;
create table attendance (
  id text primary key, participant text references participants (id), status text, reason text, started_at text,
  ended_at text, t real, duration_s real
) without rowid;
create table consents (
  id text primary key, participant text references participants (id), scope text, given integer, at text
) without rowid;
create table turns (
  id text primary key, kind text, participant text references participants (id), item text references guide (id),
  started_at text, ended_at text, t real, duration_s real, logged_by text
) without rowid;
create table notes (
  number integer primary key, id text not null unique, kind text, text text, item text references guide (id),
  participant text references participants (id), speaker_kind text, tags text, starred integer, parked integer,
  stub integer, at text, t real, author text, role text, written_at text, changed_at text, raised_at text,
  removed_at text
);
create table checks (
  id text primary key, phase text, position integer, title text, gate integer, planned integer, each integer,
  parts text, pattern text references checks (id), participant text references participants (id),
  item text references guide (id), url text, done_at text, done_by text, removed_at text
) without rowid;
create table issues (
  id text primary key, title text, participant text references participants (id), item text references guide (id),
  started_at text, ended_at text, t real, duration_s real, minutes_lost real, logged_by text
) without rowid;
create table cues (
  id text primary key, text text, value text, sender text, automatic integer, at text, t real, seen_at text,
  seen_by text
) without rowid;
create table stimuli (
  id text primary key, item text references guide (id), label text, title text, file text, shown_at text, t real,
  removed_at text
) without rowid;
create table polls (
  id text primary key, item text references guide (id), title text, options text, removed_at text
) without rowid;
create table answers (
  id text primary key, poll text references polls (id), participant text references participants (id), value text,
  at text, t real
) without rowid;
create table recordings (
  id text primary key, source text, started_at text, ended_at text, t real, duration_s real
) without rowid;
create table meta (id text primary key, value text) without rowid;
"""

GUARDS = """
create trigger events_stay before delete on events begin
  select raise(abort, 'events are append-only');
end;
create trigger events_keep before update of seq, id, hlc, at, t, actor, role, device, kind, v, digest, chain on events
begin
  select raise(abort, 'events are append-only');
end;
create trigger events_erase before update of data, salt on events
  when new.data is not null or new.salt is not null begin
  select raise(abort, 'events are append-only');
end;
"""

SEARCH = """
create virtual table notes_fts using fts5 (text, content='notes', content_rowid='number',
  tokenize="unicode61 remove_diacritics 2");
create trigger notes_found after insert on notes begin
  insert into notes_fts (rowid, text) values (new.number, new.text);
end;
create trigger notes_lost after delete on notes begin
  insert into notes_fts (notes_fts, rowid, text) values ('delete', old.number, old.text);
end;
create trigger notes_reworded after update of text on notes when old.text is not new.text begin
  insert into notes_fts (notes_fts, rowid, text) values ('delete', old.number, old.text);
  insert into notes_fts (rowid, text) values (new.number, new.text);
end;
"""

SOUND_AND_REVIEW = """
alter table session add column open_own_recording text;
alter table turns add column changed_at text;
alter table turns add column removed_at text;
alter table checks add column recording integer not null default 0;
alter table recordings add column device text not null default '';
alter table recordings add column folder text not null default '';
alter table recordings add column why text not null default '';
create table segments (
  id text primary key, recording text references recordings (id), number integer, file text, rate integer,
  channels integer, device text, started_at text, ended_at text, t real, duration_s real, frames integer, why text,
  sha256 text, bytes integer
) without rowid;
create table anchors (
  id text primary key, segment text references segments (id), frames integer, elapsed_us integer, wall_ms integer,
  at text, t real
) without rowid;
create table voice (
  id text primary key, segment text references segments (id), started_at text, ended_at text, t real, duration_s real
) without rowid;
create table turn_proposals (
  id text primary key, change text, turn text references turns (id), kind text,
  participant text references participants (id), started_at text, ended_at text, t real, duration_s real, method text,
  decided_at text, decided_by text, accepted integer, removed_at text
) without rowid;
create table transcript (
  number integer primary key, id text not null unique, turn text references turns (id),
  participant text references participants (id), speaker_kind text, text text, words text, language text, engine text,
  started_at text, ended_at text, t real, duration_s real, removed_at text
);
create table codes (
  id text primary key, name text, description text, colour text, parent text references codes (id), added_by text,
  added_at text, removed_at text
) without rowid;
create table codings (
  id text primary key, code text references codes (id), note text references notes (id),
  turn text references turns (id), coder text, at text, removed_at text
) without rowid;
create table memos (
  id text primary key, text text, note text references notes (id), turn text references turns (id),
  code text references codes (id), author text, at text, changed_at text, removed_at text
) without rowid;
create table turn_judgements (
  id text primary key, turn text references turns (id), coder text, kind text,
  participant text references participants (id), at text
) without rowid;
create table coreq (id text primary key, answer text, answered_by text, answered_at text) without rowid;
create virtual table transcript_fts using fts5 (text, content='transcript', content_rowid='number',
  tokenize="unicode61 remove_diacritics 2");
create trigger transcript_found after insert on transcript begin
  insert into transcript_fts (rowid, text) values (new.number, new.text);
end;
create trigger transcript_lost after delete on transcript begin
  insert into transcript_fts (transcript_fts, rowid, text) values ('delete', old.number, old.text);
end;
create trigger transcript_reworded after update of text on transcript when old.text is not new.text begin
  insert into transcript_fts (transcript_fts, rowid, text) values ('delete', old.number, old.text);
  insert into transcript_fts (rowid, text) values (new.number, new.text);
end;
"""


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a file to this version, inside the transaction that the caller holds."""
    from sqlite_utils import Database

    migrations().apply(Database(connection, recursive_triggers=False))
    connection.execute(f"pragma user_version = {VERSION}")
    connection.execute(f"pragma application_id = {APPLICATION_ID}")


def migrations() -> Migrations:
    """Return the numbered migrations, each with the reason for it; sqlite_utils is imported only when needed."""
    from sqlite_utils.migrations import Migrations

    steps = Migrations("kring")

    @steps()
    def m001_a_session_in_one_file(db: Database) -> None:
        """Everything of one session: its events, the tables they make true, search, views."""
        run(db, TABLES, GUARDS, SEARCH)

    @steps()
    def m002_sound_and_review(db: Database) -> None:
        """The files of a recording and how they lie on the clock; corrections, codes and memos of researchers."""
        run(db, SOUND_AND_REVIEW)
        for (name,) in db.conn.execute("select name from sqlite_master where type = 'view'").fetchall():
            db.conn.execute(f"drop view {name}")  # a view is never changed, and those of before are out of date
        run(db, views.VIEWS)

    return steps


def run(db: Database, *scripts: str) -> None:
    """Do what scripts say, within the transaction that is open."""
    for script in scripts:
        for statement in statements(script):
            db.conn.execute(statement)


def statements(script: str) -> list[str]:
    """Return a script's statements one by one: `executescript` would commit the caller's transaction."""
    found: list[str] = []
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            found.append(pending.strip())
            pending = ""
    return found
