"""The session file's schema: numbered migrations, views that tell the story, search, and guards on the truth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pysqlite3 import dbapi2 as sqlite3

if TYPE_CHECKING:
    from sqlite_utils import Database
    from sqlite_utils.migrations import Migrations

APPLICATION_ID = 0x6B72_696E  # "krin"
VERSION = 1

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

# what is still open, in a session that runs or that was cut off, counts up to the last event
_MOMENT = "moment as (select coalesce(ended_at, (select max(at) from events)) as last, started_at from session)"
_SPENT = f"""{_MOMENT}, spent as (
    select v.id, v.item, v.t, case when v.ended_at is not null then v.duration_s - v.paused_s else
      max(0, (julianday(m.last) - julianday(v.started_at)) * 86400 - v.paused_s - coalesce((
        select sum(max(0, (julianday(m.last) - julianday(max(p.started_at, v.started_at))) * 86400))
        from pauses p where p.ended_at is null), 0)) end as spent_s
    from visits v, moment m
  )"""
VIEWS = f"""
create view talk_time as
  with {_MOMENT}, present as (
    select a.participant, sum(max(0, (julianday(min(coalesce(a.ended_at, m.last), m.last))
      - julianday(max(a.started_at, m.started_at))) * 86400)) as present_s
    from attendance a, moment m where a.status = 'present' group by a.participant
  ), spoken as (
    select t.participant, count(*) as turns,
      sum(coalesce(t.duration_s, max(0, (julianday(m.last) - julianday(t.started_at)) * 86400))) as talk_s
    from turns t, moment m where t.kind = 'participant' group by t.participant
  ), voices as (
    select p.id, p.name, p.segment, p.status, p.seat, coalesce(spoken.turns, 0) as turns,
      coalesce(spoken.talk_s, 0.0) as talk_s, coalesce(present.present_s, 0.0) as present_s,
      coalesce(spoken.talk_s, 0.0) / max(coalesce(present.present_s, 0.0), 60.0) as rate
    from participants p left join spoken on spoken.participant = p.id left join present on present.participant = p.id
    where p.removed_at is null
  )
  select id as participant, name, segment, status, turns, round(talk_s, 1) as talk_s, round(present_s, 1) as present_s,
    round(rate * 60, 1) as talk_s_per_minute_present,
    round(100.0 * rate / nullif((select sum(rate) from voices), 0), 1) as share_percent,
    round(100.0 * talk_s / nullif((select sum(talk_s) from voices), 0), 1) as raw_share_percent
  from voices order by seat;
create view time_by_item as
  with {_SPENT}
  select g.number, g.title, g.kind, g.question_kind, g.must_ask,
    g.planned_s + g.added_s as planned_s,
    count(v.id) as visits,
    round(coalesce(sum(v.spent_s), 0), 1) as spent_s,
    min(v.t) as first_t,
    g.asked_at is not null as asked, g.skipped_at is not null as skipped, g.id
  from guide g left join spent v on v.item = g.id
  where g.kind in ('section', 'break', 'question') and g.removed_at is null
  group by g.id order by g.position;
create view plan_and_actual as
  with {_SPENT}
  select s.number, s.title, s.planned_s + s.added_s as planned_s,
    round(coalesce(sum(v.spent_s), 0), 1) as spent_s,
    round(coalesce(sum(v.spent_s), 0) - (s.planned_s + s.added_s), 1) as over_s,
    s.skipped_at is not null as skipped, s.id
  from guide s
  left join guide g on g.id = s.id or g.parent = s.id
    or g.parent in (select id from guide where parent = s.id)
  left join spent v on v.item = g.id
  where s.parent is null and s.kind in ('section', 'break') and s.removed_at is null
  group by s.id order by s.position;
create view quotes as
  select n.t, n.at, n.participant, p.name, g.number as question, n.text, n.stub, n.starred, n.tags, n.author
  from notes n left join participants p on p.id = n.participant left join guide g on g.id = n.item
  where n.kind = 'quote' and n.removed_at is null order by n.at;
create view timeline as
  select v.t, v.started_at as at, 'visit' as what, null as participant, g.number as question, g.title as text,
    v.duration_s from visits v left join guide g on g.id = v.item
  union all
  select t.t, t.started_at, 'turn', t.participant, g.number, t.kind, t.duration_s
    from turns t left join guide g on g.id = t.item
  union all
  select n.t, n.at, n.kind, n.participant, g.number, n.text, null
    from notes n left join guide g on g.id = n.item where n.removed_at is null
  union all
  select i.t, i.started_at, 'issue', i.participant, g.number, i.title, i.duration_s
    from issues i left join guide g on g.id = i.item
  union all
  select t, started_at, 'attendance', participant, null, status, duration_s from attendance
  union all
  select t, at, 'cue', null, null, text, null from cues
  union all
  select t, started_at, 'pause', null, null, null, duration_s from pauses
  union all
  select t, started_at, 'recording', null, null, source, duration_s from recordings
  union all
  select a.t, a.at, 'answer', a.participant, null, a.value, null from answers a
  order by 2;
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
        for script in (TABLES, GUARDS, SEARCH, VIEWS):
            for statement in statements(script):
                db.conn.execute(statement)

    return steps


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
