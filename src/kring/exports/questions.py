"""Questions that researchers ask a session file, each with the query that answers it."""

from __future__ import annotations

from typing import NamedTuple

from kring.domain.text import N_


class Question(NamedTuple):
    """A question in plain words; `asks_for` are the places in the query to fill in."""

    title: str
    description: str
    sql: str
    asks_for: tuple[str, ...] = ()


_SPOKE = "t.participant = p.id and t.removed_at is null"
_TOOK_PART = "p.id in (select participant from talk_time where present_s > 0 or turns > 0)"
_LAST = "(select coalesce(ended_at, (select max(at) from events)) from session)"
_LENGTH_S = f"coalesce(duration_s, max(0, (julianday({_LAST}) - julianday(started_at)) * 86400))"

QUESTIONS: dict[str, Question] = {
    "never_answered": Question(
        N_("Who never answered a question?"),
        N_("Fill in the number of the question, such as 4 or 2.1; of a section, all its questions count."),
        f"""select p.id as participant, p.name, p.segment, p.status from participants p
where {_TOOK_PART} and not exists (
  select 1 from turns t join guide g on g.id = t.item
  where {_SPOKE}
    and (g.number = :question or g.parent in (select id from guide where number = :question))
)
order by p.seat""",
        ("question",),
    ),
    "quiet_speakers": Question(
        N_("Who said nothing on which question?"),
        N_("Every question that was asked, with the participants who had no turn on it."),
        f"""select number, title, count(*) as silent, group_concat(id, ', ') as participants from (
  select g.number, g.title, g.position, p.id from guide g join participants p on {_TOOK_PART}
  where g.kind = 'question' and g.asked_at is not null and g.removed_at is null
    and not exists (select 1 from turns t where t.item = g.id and {_SPOKE})
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
        """select number, title, round(planned_s / 60.0, 1) as planned_min, round(spent_s / 60.0, 1) as spent_min,
  round(over_s / 60.0, 1) as over_min, skipped
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
        """with recursive spoken as (
  select kind, coalesce(participant, kind) as speaker, started_at, lag(kind) over ordered as before_kind,
    lag(coalesce(participant, kind)) over ordered as before, coalesce(lag(ended_at) over ordered, started_at) as ended
  from turns where removed_at is null and kind <> 'silence' window ordered as (order by started_at, id)
), break_items (id) as (
  select id from guide where kind = 'break' and parent is null
  union select g.id from guide g join break_items b on g.parent = b.id
), apart as (
  select started_at, ended_at from pauses
  union all select started_at, ended_at from visits where item in (select id from break_items)
)
select before, speaker as after, count(*) as times from spoken
where kind in ('participant', 'moderator') and before_kind in ('participant', 'moderator') and before <> speaker
  and round((julianday(started_at) - julianday(ended)) * 86400, 3) <= 10
  and not exists (
    select 1 from apart a
    where a.started_at < spoken.started_at and (a.ended_at is null or a.ended_at > spoken.ended)
  )
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
        N_("How much did each customer group speak?"),
        N_("Minutes in all, and seconds a minute present, to compare by."),
        """select segment, count(*) as participants, round(sum(talk_s) / 60, 1) as talk_min,
  round(60 * sum(talk_s) / nullif(sum(present_s), 0), 1) as talk_s_per_minute_present
from talk_time where present_s > 0 or turns > 0 group by segment order by segment""",
    ),
    "silence": Question(
        N_("On which questions was it silent, and where did people talk at once?"),
        N_("In seconds, over all visits of the question; a silence is five seconds of quiet or longer."),
        f"""with quiet as (
  select kind, item, round({_LENGTH_S}, 3) as length_s from turns
  where removed_at is null and kind in ('silence', 'crosstalk')
)
select g.number, g.title,
  round(sum(case when q.kind = 'silence' then q.length_s else 0 end), 1) as silence_s,
  round(sum(case when q.kind = 'crosstalk' then q.length_s else 0 end), 1) as crosstalk_s
from quiet q join guide g on g.id = q.item
where q.kind = 'crosstalk' or q.length_s >= 5 group by g.id order by g.position""",
    ),
    "minutes_lost": Question(
        N_("How many minutes were lost to technique, and for whom?"),
        N_("Where nobody judged the loss, the length of the issue counts."),
        f"""select coalesce(participant, '') as participant, count(*) as issues,
  round(sum(coalesce(minutes_lost, {_LENGTH_S} / 60)), 1) as minutes
from issues group by 1 order by minutes desc""",
    ),
    "answers": Question(
        N_("What did each participant answer to the polls?"),
        N_("The last answer given."),
        """select polls.title as poll, a.participant, p.segment, a.value
from answers a join polls on polls.id = a.poll left join participants p on p.id = a.participant
order by polls.id, p.seat""",
    ),
}
