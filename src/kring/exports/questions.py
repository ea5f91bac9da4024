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
_HERE = "p.removed_at is null and p.status <> 'no_show'"

QUESTIONS: dict[str, Question] = {
    "never_answered": Question(
        N_("Who never answered a question?"),
        N_("Fill in the number of the question, such as 4 or 2.1; of a section, all its questions count."),
        f"""select p.id as participant, p.name, p.segment, p.status from participants p
where {_HERE} and not exists (
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
        f"""select g.number, g.title, count(*) as silent, group_concat(p.id, ', ' order by p.seat) as participants
from guide g join participants p on {_HERE}
where g.kind = 'question' and g.asked_at is not null and g.removed_at is null
  and not exists (select 1 from turns t where t.item = g.id and {_SPOKE})
group by g.id order by g.position""",
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
        N_("Turns of participants that follow one another; the moderator and silences between them are passed over."),
        """with spoken as (
  select participant, lag(participant) over (order by started_at, id) as before from turns
  where kind = 'participant' and removed_at is null
)
select before, participant as after, count(*) as times from spoken
where before is not null and before <> participant group by 1, 2 order by times desc, before, after""",
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
from talk_time where status <> 'no_show' group by segment order by segment""",
    ),
    "silence": Question(
        N_("On which questions was it silent, and where did people talk at once?"),
        N_("In seconds, over all visits of the question."),
        """select g.number, g.title,
  round(sum(case when t.kind = 'silence' then t.duration_s else 0 end), 1) as silence_s,
  round(sum(case when t.kind = 'crosstalk' then t.duration_s else 0 end), 1) as crosstalk_s
from turns t join guide g on g.id = t.item
where t.removed_at is null and t.kind in ('silence', 'crosstalk') group by g.id order by g.position""",
    ),
    "minutes_lost": Question(
        N_("How many minutes were lost to technique, and for whom?"),
        N_("Where nobody judged the loss, the length of the issue counts."),
        """select coalesce(participant, '') as participant, count(*) as issues,
  round(sum(coalesce(minutes_lost, duration_s / 60.0)), 1) as minutes
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
