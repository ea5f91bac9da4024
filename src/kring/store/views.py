"""Views that tell the story to whoever opens the session file in Datasette, pandas or DB Browser."""

from __future__ import annotations

from kring.domain import rows as r
from kring.domain.guide_items import DEEPEST
from kring.domain.text import N_
from kring.store.talk_views import AFTER_PROBES, INVITATIONS, PRESENCE, SILENCES, SPEAKING, TALK, TALK_TIME, View, clock

_SPENT = f"""{TALK}, lasted as (
    select v.id, v.item, v.t, v.started_at, {clock("v.started_at")} as from_ms,
      {clock("v.ended_at", "talk.last")} as to_ms from visits v, talk where v.removed_at is null
  ), paused as (
    select {clock("p.started_at")} as from_ms, {clock("p.ended_at", "talk.last")} as to_ms from pauses p, talk
      where p.removed_at is null
  ), spent as (
    select v.id, v.item, v.t, v.started_at, (v.to_ms - v.from_ms - coalesce((
      select sum(max(0, min(v.to_ms, p.to_ms) - max(v.from_ms, p.from_ms))) from paused p), 0)) / 1000.0 as spent_s
    from lasted v
  )"""
_GIVEN = "max(g.added_s, -coalesce(g.planned_s, 0))"
_ASKED_S = "(select asked_s from session)"
_ID = N_("the row's own id")
_NUMBER = N_("number as on the screen: 2.1")
_NAME = N_("the name; empty in an export with codes")
_QUESTION = N_("number of the question")
_SECTION = N_("the row of `guide`")


def views(*, stubs_are_quotes: bool = True) -> dict[str, View]:
    """Return the views by name, those to begin with first.

    A stub is only the first words of a quote. In what leaves a session file it stands among the notes, to be completed,
    and is no quote yet.
    """
    kind = "n.kind" if stubs_are_quotes else "iif(n.stub, 'stub', n.kind)"
    counts = "n.removed_at is null" if stubs_are_quotes else "n.removed_at is null and not n.stub"
    return {
        "timeline": _timeline(kind),
        "talk_time": TALK_TIME,
        "time_by_item": _TIME_BY_ITEM,
        "plan_and_actual": _PLAN_AND_ACTUAL,
        "rooms_people": _ROOMS_PEOPLE,
        "quotes": _quotes(counts),
        "coverage": _coverage(kind),
        "quotes_by_code": _quotes_by_code(counts),
        "speaking": SPEAKING,
        "presence": PRESENCE,
        "silences": SILENCES,
        "after_probes": AFTER_PROBES,
        "invitations": INVITATIONS,
    }


def _timeline(kind: str) -> View:
    return View(
        N_("Everything that happened, in order."),
        {
            "t": r.T.meaning,
            "at": r.AT.meaning,
            "what": N_(
                "`visit`, `turn`, a kind of note, `issue`, `attendance`, `cue`, `pause`, `recording`, `answer`, "
                "`stimulus`, `probe`, `invitation`, `yield` (what a question must bring was heard), `sentence`, "
                "`signal` (a button of the meeting) or `meeting` (in it, by the platform's own list)"
            ),
            "participant": N_("whose it is, if it is a participant's"),
            "question": _QUESTION,
            "text": N_("what it says"),
            "duration_s": r.DURATION.meaning,
        },
        f"""
  select v.t, v.started_at as at, 'visit' as what, null as participant, g.number as question, g.title as text,
    v.duration_s from visits v left join guide g on g.id = v.item where v.removed_at is null
  union all
  select t.t, t.started_at, 'turn', t.participant, g.number, t.kind, t.duration_s
    from turns t left join guide g on g.id = t.item where t.removed_at is null
  union all
  select n.t, n.at, {kind}, n.participant, g.number, n.text, null
    from notes n left join guide g on g.id = n.item where n.removed_at is null
  union all
  select i.t, i.started_at, 'issue', i.participant, g.number, i.title, i.duration_s
    from issues i left join guide g on g.id = i.item where i.removed_at is null
  union all
  select t, started_at, 'attendance', participant, null, status, duration_s from attendance where removed_at is null
  union all
  select t, at, 'cue', null, null, text, null from cues where removed_at is null
  union all
  select t, started_at, 'pause', null, null, null, duration_s from pauses where removed_at is null
  union all
  select t, started_at, 'recording', null, null, source, duration_s from recordings
  union all
  select a.t, a.at, 'answer', a.participant, null, a.value, null from answers a where a.removed_at is null
  union all
  select w.t, w.started_at, 'stimulus', null, g.number, trim(s.label || ' ' || s.title), w.duration_s
    from showings w join stimuli s on s.id = w.stimulus left join guide g on g.id = w.item where w.removed_at is null
  union all
  select p.t, p.at, 'probe', null, g.number, p.text, null from probes p left join guide g on g.id = p.item
  union all
  select i.t, i.at, 'invitation', i.participant, g.number, null, null
    from invitations_to_speak i left join guide g on g.id = i.item where i.removed_at is null
  union all
  select y.t, y.heard_at, 'yield', null, g.number, y.title, null
    from yields y left join guide g on g.id = y.item where y.heard_at is not null and y.removed_at is null
  union all
  select s.t, s.at, 'sentence', null, g.number, s.text, null from sentences s left join guide g on g.id = s.item
  union all
  select t, at, 'signal', participant, null, what, null from signals where removed_at is null
  union all
  select t, started_at, 'meeting', participant, null, role, duration_s from platform_stays
    where started_at is not null and in_waiting_room = 0 and removed_at is null
  order by 2""",
    )


_TIME_BY_ITEM = View(
    N_(
        "Every section, break, question, activity and breakout group with its own visits; time on a question counts "
        "for the question, not for its section."
    ),
    {
        "number": _NUMBER,
        "title": N_("the text"),
        "kind": N_("`section`, `break`, `question`, `activity` or `breakout`"),
        "question_kind": N_("`opening`, `introductory`, `transition`, `key` or `ending`"),
        "must_ask": N_("1 = must be asked"),
        "planned_s": N_("seconds planned, as the plan says"),
        "given_s": N_("seconds given to it, below zero taken from it"),
        "visits": N_("how often it was open for so long that it counts as asked, see `asked_s` in `session`"),
        "spent_s": N_("seconds spent, pauses left out"),
        "first_t": N_("when first, in seconds on the session's clock"),
        "asked": N_("1 = asked: open for so long at a stretch, or counted as asked by somebody"),
        "skipped": N_("1 = skipped"),
        "id": _SECTION,
    },
    f"""
  with {_SPENT}
  select g.number, g.title, g.kind, g.question_kind, g.must_ask, g.planned_s, {_GIVEN} as given_s,
    coalesce(sum(v.spent_s >= {_ASKED_S}), 0) as visits,
    round(coalesce(sum(v.spent_s), 0), 1) as spent_s,
    min(v.t) as first_t,
    g.asked_by_hand or coalesce(max(v.spent_s >= {_ASKED_S} and v.started_at >= g.asked_at), 0) as asked,
    g.skipped_at is not null as skipped, g.id
  from guide g left join spent v on v.item = g.id
  where g.kind in ('section', 'break', 'question', 'activity', 'breakout') and (g.removed_at is null or v.spent_s > 0)
  group by g.id order by g.position""",
)


_PLAN_AND_ACTUAL = View(
    N_(
        "Every section and break against its plan, all that stands in it counted in; what was held and left the plan "
        "stays. Together they are the whole time."
    ),
    {
        "number": _NUMBER,
        "title": N_("the text"),
        "planned_s": N_("seconds planned, as the plan says"),
        "given_s": N_("seconds given to it, below zero taken from it"),
        "spent_s": N_("whole seconds spent, pauses left out"),
        "over_s": N_("spent less planned: above zero is over"),
        "skipped": N_("1 = skipped"),
        "removed": N_("1 = a plan that was read again no longer had it"),
        "id": _SECTION,
    },
    f"""
  with recursive {_SPENT}, inside (id, top, depth) as (
    select id, id, 0 from guide where parent is null
    union select g.id, i.top, i.depth + 1 from guide g join inside i on g.parent = i.id where i.depth < {DEEPEST}
  ), times as (
    select g.*, {_GIVEN} as given_s, count(v.id) as visits,
      cast(round(coalesce(sum(v.spent_s), 0)) as integer) as spent_s
    from guide g join inside i on i.top = g.id left join spent v on v.item = i.id
    where g.parent is null group by g.id
  )
  select number, title, planned_s, given_s, spent_s, spent_s - planned_s as over_s, skipped_at is not null as skipped,
    removed_at is not null as removed, id
  from times where (kind in ('section', 'break') and removed_at is null) or visits > 0
  order by position, id""",
)


def _quotes(counts: str) -> View:
    return View(
        N_("What was said word for word."),
        {
            "t": r.T.meaning,
            "at": N_("when it was said"),
            "participant": N_("who said it"),
            "name": _NAME,
            "question": _QUESTION,
            "text": N_("the words"),
            "stub": N_("1 = only the first words, to be completed from the recording: not to be quoted as it is"),
            "starred": N_("1 = important"),
            "tags": N_("tags, as a JSON array"),
            "author": N_("who wrote it"),
        },
        f"""
  select n.t, n.at, n.participant, p.name, g.number as question, n.text, n.stub, n.starred, n.tags, n.author
  from notes n left join participants p on p.id = n.participant left join guide g on g.id = n.item
  where n.kind = 'quote' and {counts} order by n.at""",
    )


_THERE = "(said.room is null or (said.computer <> '' and s.computer = said.computer))"
"""In a room apart only what kring recorded on the computer of its leader holds what was said."""


def _coverage(kind: str) -> View:
    return View(
        N_("Every note and every turn, and whether the recording holds it."),
        {
            "what": N_("`note` or `turn`"),
            "kind": N_("what kind of note or turn"),
            "t": r.T.meaning,
            "at": r.AT.meaning,
            "participant": N_("whose it is, if it is a participant's"),
            "question": _QUESTION,
            "text": N_("what it says"),
            "recorded_by": N_("`kring`, `platform`, or empty: not in any recording"),
            "id": N_("the row of `notes` or `turns`"),
        },
        f"""
  with recursive apart (id) as (
    select id from guide where kind = 'breakout'
    union select g.id from guide g join apart a on g.parent = a.id
  ), said as (
    select 'note' as what, n.id, {kind} as kind, n.at as from_at, n.at as to_at, n.t, n.participant, n.item, n.text,
      n.room, (select computer from rooms where id = n.room) as computer
      from notes n where n.removed_at is null
    union all
    select 'turn', id, kind, started_at, ended_at, t, participant, item, null, null, null
      from turns where removed_at is null
  ), sound as (
    select s.*, r.computer from segments s left join recordings r on r.id = s.recording
  )
  select said.what, said.kind, said.t, said.from_at as at, said.participant, g.number as question, said.text,
    case
      when exists (
        select 1 from sound s where s.started_at <= said.from_at and {_THERE}
          and (s.ended_at is null or coalesce(said.to_at, said.from_at) <= s.ended_at)
      ) then 'kring'
      when exists (
        select 1 from sound s where s.started_at <= said.from_at and {_THERE}
          and (s.ended_at is null or said.from_at <= s.ended_at)
      ) and not exists (
        select 1 from segments s where said.from_at <= s.ended_at and s.ended_at < said.to_at and not exists (
          select 1 from segments n where n.started_at <= strftime('%Y-%m-%dT%H:%M:%fZ', s.ended_at, '+1 seconds')
            and (n.ended_at is null or n.ended_at > s.ended_at)
        )
      ) then 'kring'
      when said.room is not null or said.item in (select id from apart) then ''
      when exists (
        select 1 from recordings r where r.source = 'platform' and r.started_at <= said.from_at
          and (r.ended_at is null or coalesce(said.to_at, said.from_at) <= r.ended_at)
      ) then 'platform'
      else ''
    end as recorded_by, said.id
  from said left join guide g on g.id = said.item order by said.from_at""",
    )


_ROOMS_PEOPLE = View(
    N_("Who was in which room apart, when, and how much they spoke there."),
    {
        "room": N_("number of the room"),
        "leader": N_("who led it"),
        "participant": r.WHO.meaning,
        "name": _NAME,
        "t": r.T.meaning,
        "duration_s": N_("how long they were there, in seconds; empty = they are there now"),
        "turns": N_("how often they had the floor there"),
        "talk_s": N_("how long they spoke there, in seconds, as far as it is over"),
        "notes": N_("how many notes there are about them in that room"),
        "id": _ID,
    },
    """
  select o.number as room, o.leader, s.participant, p.name, s.t, s.duration_s,
    (select count(*) from room_turns k where k.room = o.id and k.participant = s.participant and k.removed_at is null
      and k.started_at >= s.started_at and k.started_at < coalesce(s.ended_at, '9')) as turns,
    (select coalesce(round(sum(k.duration_s), 1), 0) from room_turns k where k.room = o.id
      and k.participant = s.participant and k.removed_at is null
      and k.started_at >= s.started_at and k.started_at < coalesce(s.ended_at, '9')) as talk_s,
    (select count(*) from notes n where n.room = o.id and n.participant = s.participant and n.removed_at is null
      and n.at >= s.started_at and n.at < coalesce(s.ended_at, '9')) as notes,
    s.id
  from room_stays s join rooms o on o.id = s.room join participants p on p.id = s.participant
  where s.removed_at is null order by s.started_at, o.number, p.seat""",
)


def _quotes_by_code(counts: str) -> View:
    return View(
        N_("What was coded, by code."),
        {
            "code": N_("the code"),
            "coder": N_("who gave it"),
            "t": r.T.meaning,
            "participant": N_("who said it"),
            "question": _QUESTION,
            "kind": N_("what kind of note"),
            "text": N_("what it says"),
            "id": _ID,
        },
        f"""
  select c.name as code, k.coder, n.t, n.participant, g.number as question, n.kind, n.text, k.id
  from codings k join codes c on c.id = k.code join notes n on n.id = k.note left join guide g on g.id = n.item
  where k.removed_at is null and c.removed_at is null and {counts} order by c.name, n.at""",
    )
