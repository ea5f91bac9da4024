"""Views of the talk: who spoke when, who was there, how much each spoke, how it was led; as the measures say it."""

from __future__ import annotations

import msgspec

from kring.domain import rows as r
from kring.domain.measures.group.effects import AFTER_MS
from kring.domain.measures.presence import AT_THE_START_MS
from kring.domain.measures.silence import SILENCE_MS
from kring.domain.measures.talk_time import LEAST_PRESENT_MS
from kring.domain.text import N_


class View(msgspec.Struct, frozen=True):
    """What a view tells, what each of its columns is, and its query."""

    what: str
    columns: dict[str, str]
    query: str


FROM_MS = N_("from when, in milliseconds on the session's clock")
TO_MS = N_("until when, in milliseconds on the session's clock")


def ms(moment: str) -> str:
    """Return SQL that says a moment as whole milliseconds since 1970."""
    return f"cast(round((julianday({moment}) - 2440587.5) * 86400000) as integer)"


# what is still open, in a session that runs or that was cut off, counts up to the last event
TALK = f"""talk as (
    select {ms("started_at")} as zero, {ms("coalesce(ended_at, (select max(at) from events))")} as last from session
    where started_at is not null
  )"""
BREAKS = """break_items (id) as (
    select id from guide where kind = 'break' and parent is null
    union select g.id from guide g join break_items b on g.parent = b.id
  )"""


def clock(moment: str, otherwise: str = "null") -> str:
    """Return SQL that says a moment, or another where there is none, as milliseconds on the clock within the talk."""
    return f"min(max(coalesce({ms(moment)}, {otherwise}) - talk.zero, 0), max(talk.last - talk.zero, 0))"


def united(rows: str, partition: str, joins: str, more: str = "") -> str:
    """Return SQL that makes one of overlapping stretches of the same `partition`; `joins` says what goes on."""
    return f"""select {partition}, min(from_ms) as from_ms, max(to_ms) as to_ms{more} from (
    select *, sum(begins) over (partition by {partition} order by from_ms, to_ms rows unbounded preceding) as run from (
      select *, coalesce(not ({joins}), 1) as begins from (
        select *, max(to_ms) over (
          partition by {partition} order by from_ms, to_ms rows between unbounded preceding and 1 preceding
        ) as reached from ({rows})
      )
    )
  ) group by {partition}, run"""


STANDSTILLS = f"""standing as (
    select {clock("p.started_at")} as from_ms, {clock("p.ended_at", "talk.last")} as to_ms, 1 as one
      from pauses p, talk where p.removed_at is null
    union all
    select {clock("o.started_at")}, {clock("o.ended_at", "talk.last")}, 1 from rooms o, talk
    union all
    select {clock("v.started_at")}, {clock("v.ended_at", "talk.last")}, 1 from visits v, talk
      where v.removed_at is null and v.item in (select id from break_items)
  ), standstills as ({united("select * from standing", "one", "from_ms <= reached")})"""


LASTS = f"""t.removed_at is null
      and {ms("t.started_at")} <= max(talk.last, talk.zero)
      and (t.ended_at is null or (t.ended_at > t.started_at and {ms("t.ended_at")} > talk.zero
        and {ms("t.started_at")} < talk.last))"""
"""Whether a turn `t` is one of the `talk`."""

SPEAKING = View(
    N_(
        "Who spoke when: the turns within the talk, with overlapping and adjoining ones of one speaker as one. "
        "Adjoining turns of unknown speakers stay apart."
    ),
    {
        "speaker": N_("a participant's code, or the kind of speaker"),
        "kind": r.SPEAKER.meaning,
        "participant": N_("whose turn, if it is a participant's"),
        "from_ms": FROM_MS,
        "to_ms": TO_MS,
        "t": r.T.meaning,
        "duration_s": r.DURATION.meaning,
    },
    f"""
  with {TALK}, lasting as (
    select coalesce(t.participant, t.kind) as speaker, t.kind, t.participant, {clock("t.started_at")} as from_ms,
      {clock("t.ended_at", "talk.last")} as to_ms
    from turns t, talk where {LASTS}
  )
  select speaker, kind, participant, from_ms, to_ms, from_ms / 1000.0 as t, (to_ms - from_ms) / 1000.0 as duration_s
  from ({
        united(
            "select * from lasting",
            "speaker, kind, participant",
            "from_ms < reached or (from_ms = reached and kind <> 'unknown')",
        )
    }) order by from_ms, to_ms, speaker""",
)

LOGGED = f"""people as (
    select id, on_list, seen_at from participants where removed_at is null
  ), told as (
    select participant, status, {ms("started_at")} - talk.zero as from_ms,
      row_number() over in_order as number, lead({ms("started_at")} - talk.zero) over in_order as to_ms
    from attendance, talk where logged and removed_at is null and participant in (select id from people)
    window in_order as (partition by participant order by started_at, coalesce(ended_at, '9'), attendance.id)
  ), taken as (
    select count(*) > 0 as yes from told join people p on p.id = told.participant
    where number = 1 and p.on_list and status in ('waiting', 'present') and from_ms <= {AT_THE_START_MS}
  ), statuses as (
    select participant, status, from_ms, coalesce(to_ms, 1e15) as to_ms from told
    union all
    select p.id, iif(not taken.yes and p.on_list and coalesce(first.status, 'away') in ('away', 'left'),
        'from the start', 'expected'), -1e15, coalesce(first.from_ms, 1e15)
      from people p, taken left join told first on first.participant = p.id and first.number = 1
  ), signs as (
    select id as participant, {ms("seen_at")} - talk.zero as at_ms from people, talk
    union all select participant, {ms("at")} - talk.zero from notes, talk
      where removed_at is null and {ms("at")} >= talk.zero
    union all select participant, {ms("at")} - talk.zero from answers, talk where removed_at is null
    union all select participant, {ms("at")} - talk.zero from consensus, talk where removed_at is null
    union all select participant, {ms("started_at")} - talk.zero from issues, talk where removed_at is null
    union all select participant, {ms("started_at")} - talk.zero from room_stays, talk where removed_at is null"""
"""Statuses as they were logged, with what stood before that, and signs by which somebody was seen: `people`, `told`,
`taken`, `statuses` and `signs` of a `talk`."""

PRESENCE = View(
    N_(
        "Who was there when: since when and until when each participant was, as it was logged, or else from the moment "
        "that they were seen or heard."
    ),
    {
        "participant": N_("the code: P1"),
        "from_ms": FROM_MS,
        "to_ms": TO_MS,
        "until_end": N_("1 = was there at the end, or is there now"),
    },
    f"""
  with {TALK}, {LOGGED}
  ), came as (
    select s.participant, s.to_ms, case s.status when 'present' then s.from_ms when 'from the start' then 0 else (
      select min(at_ms) from (
        select max(k.from_ms, s.from_ms) as at_ms from speaking k where k.participant = s.participant
          and (k.to_ms > s.from_ms or k.from_ms >= s.from_ms)
        union all
        select at_ms from signs where signs.participant = s.participant and at_ms >= s.from_ms
          and s.status in ('expected', 'waiting')
      )
    ) end as from_ms from statuses s
  ), cut as (
    select came.participant, max(from_ms, 0) as from_ms, min(to_ms, talk.last - talk.zero) as to_ms,
      from_ms <= talk.last - talk.zero and to_ms > talk.last - talk.zero as until_end
    from came, talk where came.from_ms < came.to_ms
  )
  select participant, from_ms, cast(to_ms as integer) as to_ms, until_end from (
    {
        united(
            "select * from cut where from_ms < to_ms or (until_end and from_ms = to_ms)",
            "participant",
            "from_ms <= reached",
            ", max(until_end) as until_end",
        )
    }) order by from_ms, participant""",
)

_WITHIN = "max({since}, 0) < min(s.to_ms, talk.last - talk.zero)"
WHO_CAME = f"""
with {TALK}, {LOGGED}
)
select p.id from people p where exists (
  select 1 from turns t, talk where +t.participant = p.id and {LASTS}
) or exists (
  select 1 from statuses s, talk where s.participant = p.id and case
    when s.status = 'present' then {_WITHIN.format(since="s.from_ms")}
    when s.status = 'from the start' then {_WITHIN.format(since="0")}
    when s.status in ('expected', 'waiting') then exists (
      select 1 from signs where +signs.participant = p.id and at_ms >= s.from_ms and {_WITHIN.format(since="at_ms")}
    )
  end
)
"""
"""The codes of who spoke at a moment of the talk, or was there for some time; when is looked for only of who was not
heard. The same people as in the views `speaking` and `presence`. The `+` keeps SQLite from making an index for each
look, which takes longer than the look."""

TALK_TIME = View(
    N_("How much each participant spoke."),
    {
        "participant": N_("the code: P1"),
        "name": N_("the name; empty in an export with codes"),
        "segment": N_("the segment"),
        "status": N_("how they stood at the end"),
        "turns": N_("how often they had the floor"),
        "talk_s": N_("how long they spoke, in seconds"),
        "share_percent": N_("talk share: talk time over that of all participants"),
        "present_s": N_("how long they were there since the start, breaks, pauses and rooms left out, in seconds"),
        "fair_share_s": N_(
            "their fair share of what participants said: at every moment of the talk, what was said over the number "
            "of those who were there; in seconds"
        ),
        "balance_index": N_(
            "talk time over the fair share: 1 is a fair share; empty where they were there for less than ten minutes"
        ),
    },
    f"""
  with recursive {TALK}, {BREAKS}, present as materialized (
    select * from presence
  ), said as materialized (
    select * from speaking
  ), cuts as (
    select from_ms as at_ms from present union select to_ms from present
  ), stretches as (
    select at_ms as from_ms, lead(at_ms) over (order by at_ms) as to_ms from cuts
  ), shared as (
    select s.from_ms, s.to_ms, (
        select coalesce(sum(max(0, min(k.to_ms, s.to_ms) - max(k.from_ms, s.from_ms))), 0) from said k
        where k.participant in (select id from participants where removed_at is null)
      ) * 1.0 / (select count(*) from present p where p.from_ms <= s.from_ms and p.to_ms >= s.to_ms) as each_ms
    from stretches s where s.to_ms is not null
  ), fair as (
    select p.participant, sum(s.each_ms) as fair_ms
    from present p join shared s on p.from_ms <= s.from_ms and p.to_ms >= s.to_ms group by p.participant
  ), {STANDSTILLS}, there as (
    select p.participant, sum(p.to_ms - p.from_ms - coalesce((
      select sum(max(0, min(p.to_ms, b.to_ms) - max(p.from_ms, b.from_ms))) from standstills b), 0)) as present_ms,
      max(p.until_end) as until_end
    from present p group by p.participant
  ), spoke as (
    select participant, count(*) as turns, sum(to_ms - from_ms) as talk_ms from said
    where participant is not null group by participant
  ), voices as (
    select p.id, p.name, p.segment, p.seat,
      case when there.until_end then 'present'
        when p.status = 'present' and exists (select 1 from talk) then 'expected' else p.status end as status,
      coalesce(spoke.turns, 0) as turns, coalesce(spoke.talk_ms, 0) as talk_ms,
      coalesce(there.present_ms, 0) as present_ms, coalesce(fair.fair_ms, 0) as fair_ms
    from participants p left join spoke on spoke.participant = p.id left join there on there.participant = p.id
      left join fair on fair.participant = p.id
    where p.removed_at is null
  )
  select id as participant, name, segment, status, turns, round(talk_ms / 1000.0, 1) as talk_s,
    round(100.0 * talk_ms / nullif(sum(talk_ms) over (), 0), 1) as share_percent,
    round(present_ms / 1000.0, 1) as present_s, round(fair_ms / 1000.0, 1) as fair_share_s,
    case when present_ms >= {LEAST_PRESENT_MS} and fair_ms > 0 then round(talk_ms / fair_ms, 2) end as balance_index
  from voices order by seat""",
)

SILENCES = View(
    N_("Every silence of five seconds or longer, as it was logged, and what it came after."),
    {
        "t": r.T.meaning,
        "question": N_("number of the question that was open when it began"),
        "duration_s": N_("how long it was quiet, breaks and pauses left out, in seconds"),
        "after": N_(
            "`question`: after a question or the moderator; `between`: between turns; `work`: while people answered a "
            "poll or looked at stimulus material"
        ),
        "from_ms": N_("from when, in milliseconds on the session's clock"),
    },
    f"""
  with recursive {TALK}, {BREAKS}, {STANDSTILLS}, quiet as (
    select from_ms, to_ms, to_ms - from_ms - coalesce((
      select sum(max(0, min(k.to_ms, b.to_ms) - max(k.from_ms, b.from_ms))) from standstills b), 0) as length_ms
    from speaking k where kind = 'silence'
  ), behind as (
    select q.*, (
      select k.rowid_ from (
        select speaker, from_ms, to_ms, from_ms || '/' || speaker as rowid_ from speaking where kind <> 'silence'
      ) k where k.to_ms <= q.from_ms order by k.to_ms desc, k.from_ms desc, k.speaker desc limit 1
    ) as last from quiet q where length_ms >= {SILENCE_MS}
  ), since as (
    select b.*, coalesce(cast(substr(last, 1, instr(last, '/') - 1) as integer), -1e15) as since_ms,
      coalesce(substr(last, instr(last, '/') + 1), '') as who from behind b
  )
  select s.from_ms / 1000.0 as t, (
      select g.number from visits v join guide g on g.id = v.item, talk where v.removed_at is null
        and {ms("v.started_at")} - talk.zero <= s.from_ms order by v.started_at desc, v.id desc limit 1
    ) as question, s.length_ms / 1000.0 as duration_s,
    case
      when exists (select 1 from answers a, talk where a.removed_at is null
        and {ms("a.at")} - talk.zero between s.from_ms and s.to_ms)
        or exists (select 1 from showings m, talk where m.removed_at is null
          and {ms("m.started_at")} - talk.zero between s.since_ms and s.to_ms)
      then 'work'
      when s.who = 'moderator' or exists (select 1 from visits v join guide g on g.id = v.item, talk
        where v.removed_at is null and g.kind = 'question'
          and {ms("v.started_at")} - talk.zero > s.since_ms and {ms("v.started_at")} - talk.zero <= s.to_ms)
      then 'question'
      else 'between'
    end as after, s.from_ms
  from since s order by s.from_ms""",
)

AFTER_PROBES = View(
    N_("Every probe that was put to the group, and what participants said in the minute after it."),
    {
        "t": r.T.meaning,
        "question": N_("number of the question"),
        "text": N_("what was asked"),
        "kind": N_("`detail`, `elaboration`, `clarification`, `example` or `contrast`; empty = nobody said"),
        "own": N_("1 = the moderator's own, 0 = from the guide"),
        "turns": N_("turns of participants in the minute after it, also those that went on into it"),
        "talk_s": N_("how long participants spoke in that minute, in seconds"),
        "id": N_("the row of `probes`"),
    },
    f"""
  with {TALK}, minutes as (
    select p.*, {ms("p.at")} - talk.zero as from_ms,
      max({ms("p.at")} - talk.zero, min({ms("p.at")} - talk.zero + {AFTER_MS}, talk.last - talk.zero)) as to_ms
    from probes p left join talk
  )
  select m.t, g.number as question, m.text, m.kind, m.planned is null as own, (
      select count(*) from speaking k where k.participant is not null and k.to_ms > m.from_ms and k.from_ms < m.to_ms
        and k.to_ms > k.from_ms
    ) as turns, (
      select coalesce(sum(max(0, min(k.to_ms, m.to_ms) - max(k.from_ms, m.from_ms))), 0) / 1000.0 from speaking k
      where k.participant is not null
    ) as talk_s, m.id
  from minutes m left join guide g on g.id = m.item order by m.at, m.id""",
)

INVITATIONS = View(
    N_("Every invitation to speak, and whether the invited spoke."),
    {
        "t": r.T.meaning,
        "participant": N_("who was invited"),
        "name": N_("the name; empty in an export with codes"),
        "question": N_("number of the question"),
        "waited_s": N_("seconds until they spoke; empty = they did not speak any more"),
        "within_minute": N_("1 = they spoke within the minute"),
        "id": N_("the row of `invitations_to_speak`"),
    },
    f"""
  with {TALK}, asked as (
    select i.*, {ms("i.at")} - talk.zero as from_ms from invitations_to_speak i left join talk
      where i.removed_at is null
  ), answered as (
    select a.*, (select min(max(k.from_ms, a.from_ms)) from speaking k where k.participant = a.participant
      and (k.to_ms > a.from_ms or k.from_ms >= a.from_ms)) - a.from_ms as waited_ms from asked a
  )
  select a.t, a.participant, p.name, g.number as question, a.waited_ms / 1000.0 as waited_s,
    coalesce(a.waited_ms <= {AFTER_MS}, 0) as within_minute, a.id
  from answered a left join participants p on p.id = a.participant left join guide g on g.id = a.item
  order by a.at, a.id""",
)
