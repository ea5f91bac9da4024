"""Questions that researchers ask a session file, each with the query that answers it."""

from __future__ import annotations

from typing import NamedTuple

from kring.domain.text import N_
from kring.store.talk_views import BREAKS, STANDSTILLS, TALK, clock, ms, united


class Question(NamedTuple):
    """A question in plain words; `asks_for` are the places in the query to fill in."""

    title: str
    description: str
    sql: str
    asks_for: tuple[str, ...] = ()


_TOOK_PART = """p.id in (
  select participant from presence where from_ms < to_ms union select participant from speaking
)"""
# a turn is cut at the border of a visit: who speaks on into the next question is heard on that one, too
_HEARD = f"""exists (
    select 1 from visits v join talk join speaking k on k.participant = p.id and k.from_ms < k.to_ms
      and k.from_ms < {clock("v.ended_at", "talk.last")} and k.to_ms > {clock("v.started_at")}
    where v.item = g.id and v.removed_at is null and {clock("v.started_at")} < {clock("v.ended_at", "talk.last")}
  )"""

QUESTIONS: dict[str, Question] = {
    "never_answered": Question(
        N_("Who never answered a question?"),
        N_("Fill in the number of the question, such as 4 or 2.1; of a section, all its questions count."),
        f"""with {TALK}
select p.id as participant, p.name, p.segment, p.status from participants p
where p.removed_at is null and {_TOOK_PART} and not exists (
  select 1 from guide g
  where (g.number = :question or g.parent in (select id from guide where number = :question)) and {_HEARD}
)
order by p.seat""",
        ("question",),
    ),
    "quiet_speakers": Question(
        N_("Who said nothing on which question?"),
        N_("Every question that was asked, with the participants who had no turn on it."),
        f"""with {TALK}
select number, title, count(*) as silent, group_concat(id, ', ') as participants from (
  select g.number, g.title, g.position, p.id from guide g join participants p on p.removed_at is null and {_TOOK_PART}
  where g.id in (select id from time_by_item where asked and kind = 'question') and not {_HEARD}
  order by g.position, p.seat
)
group by position order by position""",
    ),
    "quotes_by_question": Question(
        N_("Which quotes are there on each question?"),
        N_("Complete quotes only; the starred ones first."),
        """select g.number, g.title, n.participant, n.text, n.starred, n.tags, n.t
from notes n left join guide g on g.id = n.item
where n.kind = 'quote' and not n.stub and n.removed_at is null
order by g.position, n.starred desc, n.at""",
    ),
    "uncovered_quotes": Question(
        N_("Which quotes are in no recording?"),
        N_("These cannot be checked by listening."),
        """select question, participant, text, at, t from coverage
where what = 'note' and kind = 'quote' and recorded_by = '' order by at""",
    ),
    "stubs": Question(
        N_("Which quotes are still to be completed?"),
        N_("Only the first words were written down; listen at this moment."),
        """select n.t, n.at, n.participant, g.number as question, n.text from notes n left join guide g on g.id = n.item
where n.stub and n.removed_at is null order by n.at""",
    ),
    "plan_against_actual": Question(
        N_("How long did each section take, against its plan?"),
        N_("In minutes; above zero is over."),
        """select number, title, round(planned_s / 60.0, 1) as planned_min, round(given_s / 60.0, 1) as given_min,
  round(spent_s / 60.0, 1) as spent_min, round(over_s / 60.0, 1) as over_min, skipped
from plan_and_actual""",
    ),
    "not_asked": Question(
        N_("Which questions that must be asked were not?"),
        N_("From the plan; nothing found is good."),
        """select number, title, skipped from time_by_item where must_ask and not asked""",
    ),
    "who_follows_whom": Question(
        N_("Who speaks after whom?"),
        N_(
            "How often somebody's turn begins within ten seconds after another's ends; crosstalk, an unknown speaker, "
            "a pause and a break between them part them."
        ),
        f"""with recursive {TALK}, {BREAKS}, heard as (
  select kind, speaker, from_ms, to_ms from speaking where kind not in ('silence', 'unknown')
  union all
  select 'unknown', 'unknown', {clock("t.started_at")}, {clock("t.ended_at", "talk.last")} from turns t, talk
    where t.kind = 'unknown' and t.removed_at is null
      and {clock("t.started_at")} < {clock("t.ended_at", "talk.last")}
), spoken as (
  select kind, speaker, from_ms, lag(kind) over ordered as before_kind, lag(speaker) over ordered as before,
    lag(to_ms) over ordered as ended_ms
  from heard window ordered as (order by from_ms, to_ms, speaker)
), {STANDSTILLS}
select before, speaker as after, count(*) as times from spoken
where kind in ('participant', 'moderator') and before_kind in ('participant', 'moderator') and before <> speaker
  and from_ms - ended_ms <= 10000
  and not exists (select 1 from standstills a where a.from_ms < spoken.from_ms and a.to_ms > spoken.ended_ms)
group by 1, 2 order by times desc, before, after""",
    ),
    "quotes_on_a_tag": Question(
        N_("Which quotes have a tag?"),
        N_("Fill in the tag without #."),
        """select question, participant, text, t from quotes, json_each(tags)
where value = :tag and not stub order by at""",
        ("tag",),
    ),
    "tags": Question(
        N_("Which tags were used, and how often?"),
        N_("Over all notes."),
        """select value as tag, count(*) as notes, count(distinct participant) as participants, sum(starred) as starred
from notes, json_each(tags) where removed_at is null group by 1 order by notes desc, tag""",
    ),
    "talk_by_segment": Question(
        N_("How much did each segment speak?"),
        N_("Minutes in all, and against their fair share of the talk: 1 is a fair share."),
        f"""select p.segment, count(*) as participants, round(sum(p.talk_s) / 60, 1) as talk_min,
  round(sum(p.talk_s) / nullif(sum(p.fair_share_s), 0), 2) as balance_index
from (select *, participant as id from talk_time) p where {_TOOK_PART} group by p.segment order by p.segment""",
    ),
    "silence": Question(
        N_("On which questions was it silent, and where did people talk at once?"),
        N_("In seconds, over all visits of the question; a silence is five seconds of quiet or longer."),
        f"""with recursive {TALK}, {BREAKS}, {STANDSTILLS}, quiet as (
  select *, to_ms - from_ms - coalesce((
    select sum(max(0, min(k.to_ms, b.to_ms) - max(k.from_ms, b.from_ms))) from standstills b), 0) as length_ms
  from speaking k where kind in ('silence', 'crosstalk')
), open_then as (
  select item, from_ms, to_ms from ({
            united(
                f"select item, {clock('started_at')} as from_ms, {clock('ended_at', 'talk.last')} as to_ms "
                "from visits, talk where removed_at is null",
                "item",
                "from_ms <= reached",
            )
        })
), parts as (
  select v.item, k.kind, max(k.from_ms, v.from_ms) as from_ms, min(k.to_ms, v.to_ms) as to_ms
  from quiet k join open_then v on k.from_ms < v.to_ms and v.from_ms < k.to_ms
  where k.kind = 'crosstalk' or k.length_ms >= 5000
), lengths as (
  select item, kind, to_ms - from_ms - coalesce((
    select sum(max(0, min(p.to_ms, b.to_ms) - max(p.from_ms, b.from_ms))) from standstills b), 0) as length_ms
  from parts p
)
select g.number, g.title,
  round(sum(case when l.kind = 'silence' then l.length_ms else 0 end) / 1000.0, 1) as silence_s,
  round(sum(case when l.kind = 'crosstalk' then l.length_ms else 0 end) / 1000.0, 1) as crosstalk_s
from lengths l join guide g on g.id = l.item where l.length_ms > 0 group by g.id order by g.position""",
    ),
    "not_yielded": Question(
        N_("What had each question to yield, and was it heard?"),
        N_("As the plan says it, and as the team ticked it while people talked."),
        """select g.number, g.title, y.title as to_yield, y.heard_at is not null as heard, y.heard_by, y.t
from yields y join guide g on g.id = y.item where y.removed_at is null
order by g.position, (select position from guide where guide.id = y.id)""",
    ),
    "what_probes_brought": Question(
        N_("What was said in the minute after each probe?"),
        N_("Turns and talk of participants; they may have had another reason to speak."),
        "select t, question, text, kind, own, turns, talk_s from after_probes order by t, id",
    ),
    "what_invitations_brought": Question(
        N_("Who was invited to speak, and how often did they within the minute?"),
        N_("Invitations that the moderator logged."),
        """select participant, count(*) as invitations, sum(within_minute) as spoke_within_minute
from invitations group by participant order by participant""",
    ),
    "minutes_lost": Question(
        N_("How many minutes were lost to technical problems, and for whom?"),
        N_(
            "Without a participant: for everybody. Where nobody judged the loss, the length of the issue counts, of a "
            "check that failed nothing; what lies outside the talk, in a pause or a break, does not."
        ),
        f"""with recursive {TALK}, {BREAKS}, {STANDSTILLS}, lasting as (
  select coalesce(participant, '') as participant, {clock("started_at")} as from_ms,
    min(max(coalesce({ms("started_at")} + cast(round(minutes_lost * 60000) as integer), {ms("ended_at")}, talk.last)
      - talk.zero, 0), max(talk.last - talk.zero, 0)) as to_ms
  from issues, talk where removed_at is null and (failed_check is null or minutes_lost is not null)
), lost as (
  select participant, sum(to_ms - from_ms - coalesce((
    select sum(max(0, min(l.to_ms, b.to_ms) - max(l.from_ms, b.from_ms))) from standstills b), 0)) as lost_ms
  from ({united("select * from lasting where from_ms < to_ms", "participant", "from_ms <= reached")}) l
  group by participant
)
select coalesce(i.participant, '') as participant, count(*) as issues,
  round(coalesce(max(lost_ms), 0) / 60000.0, 1) as minutes
from issues i left join lost on lost.participant = coalesce(i.participant, '')
where i.removed_at is null group by 1 order by minutes desc, participant""",
    ),
    "answers": Question(
        N_("What did each participant answer to the polls?"),
        N_("The last answer given in each round."),
        """select polls.title as poll, a.round, a.participant, p.segment, a.value
from answers a join polls on polls.id = a.poll left join participants p on p.id = a.participant
where a.removed_at is null
order by polls.id, a.round, p.seat""",
    ),
    "shifted": Question(
        N_("Who gave another answer when a poll was asked again?"),
        N_("The first and the last answer of everybody who shifted between two rounds."),
        """select polls.title as poll, a.participant, p.segment, a.round as first_round, a.value as first_answer,
  b.round as last_round, b.value as last_answer
from answers a join answers b on b.poll = a.poll and b.participant = a.participant and b.round > a.round
  join polls on polls.id = a.poll left join participants p on p.id = a.participant
where a.removed_at is null and b.removed_at is null and a.value <> b.value
  and not exists (select 1 from answers x where x.poll = a.poll and x.participant = a.participant
    and x.removed_at is null and (x.round < a.round or x.round > b.round))
order by polls.id, p.seat""",
    ),
    "agreed": Question(
        N_("Who agrees on what, and who does not?"),
        N_("One row for each question or statement; who is not named gave no response, or was not looked at."),
        """select g.number, coalesce(s.text, g.title) as statement,
  sum(c.stance in ('agrees', 'example_for', 'nods')) as agree,
  sum(c.stance in ('dissents', 'example_against', 'shakes')) as disagree,
  sum(c.stance = 'no_response') as no_response,
  group_concat(iif(c.stance in ('agrees', 'example_for', 'nods'), c.participant, null), ' ') as who_agrees,
  group_concat(iif(c.stance in ('dissents', 'example_against', 'shakes'), c.participant, null), ' ') as who_does_not
from consensus c join guide g on g.id = c.item left join statements s on s.id = c.statement
where c.removed_at is null
group by g.position, c.item, s.at, c.statement
order by g.position, s.at""",
    ),
}
