"""What was written to one person never comes in as written to all, whatever program saved it and however it says so."""

from datetime import date

import pytest

from kring.imports import recognise
from kring.imports.formats.chat.addressing import addressed, is_everybody, says_alone
from kring.imports.parsed import Clock, Parsed
from kring.imports.source import Evening, Source
from kring.privacy.known.file_labels import words_of
from kring.system.text_files import Unreadable

DAY = date(2026, 12, 3)
HOUR = 3_600_000
EVENING = Evening(
    {tuple(words_of(name)) for name in ("Anna Bakker", "Piet", "Fatima", "Els")}, (), (19 * HOUR + HOUR // 2, 21 * HOUR)
)


def read(text: str, name: str = "chat.txt", evening: Evening = EVENING) -> Parsed:
    return recognise.read(Source(name, text.encode(), DAY, evening))


def said(text: str, evening: Evening = EVENING) -> list[tuple]:
    return [(one.author, one.is_private, one.text) for one in read(text, evening=evening).messages]


def heard(text: str) -> str:
    """Return all that comes in as said or written to everybody, nothing where a file is refused."""
    try:
        found = read(text)
    except Unreadable:
        return ""
    public = [one for one in found.messages if not one.is_private]
    return "\n".join(one.text for one in (*found.utterances, *public))


@pytest.mark.parametrize(
    "recipient",
    [
        "Everyone",
        "Iedereen",
        "Alle",
        "Tout le monde",
        "Todos",
        "Tutti",
        "все",
        "皆様",
        "모두",
        "所有人",
        "Wszyscy",
        "Everyone(in Waiting Room)",
        "Everyone in Meeting",
        "All Panelists",
        "Alle panelleden en deelnemers",
    ],
)
def test_everybody_is_known_in_many_languages(recipient: str) -> None:
    assert is_everybody(recipient)


@pytest.mark.parametrize(
    "recipient",
    [
        "Bob",
        "Bob, Carla",
        "Everyone, Bob",
        "Hosts and co-hosts",
        "Hosts and panelists",
        "Everyone (Privately)",
        "Iedereen (privé)",
        "Ons",
        "",
    ],
)
def test_what_may_be_somebody_is_not_everybody(recipient: str) -> None:
    assert not is_everybody(recipient)


@pytest.mark.parametrize(
    "recipient", ["Bob", "Bob, Carla", "Bob; Carla en Dirk", "Host", "Els", "anna", "Bob B. (Gast)"]
)
@pytest.mark.parametrize(
    "form",
    [
        "19:35:10 From Ann to {}:\n\tgeheim\n19:36:00 From Ann to Everyone:\n\thoi\n",
        "2026-12-03 19:35:10 Van Ann aan {}:\n\tgeheim\n2026-12-03 19:36:00 Van Ann aan Iedereen:\n\thoi\n",
        "19:35 From  Ann  to  {} : geheim\n19:36 From  Ann  to  Everyone : hoi\n",
        "from Ann to {}:    7:35 PM\ngeheim\nfrom Ann to everyone:    7:36 PM\nhoi\n",
        "from Gerrit Jan to {}:    7:35 PM\ngeheim\nfrom Gerrit Jan to everyone:    7:36 PM\nhoi\n",
        "19:35 From Gerrit Jan to {} : geheim\n19:36 From Gerrit Jan to Everyone : hoi\n",
        "[19:35:10] From Ann to {}: geheim\n[19:36:00] Ann: hoi\n",
        "19:35:10 Ann → {}: geheim\n19:36:00 Ann: hoi\n",
    ],
)
def test_who_is_named_as_recipient_is_not_everybody(form: str, recipient: str) -> None:
    who = "Gerrit Jan" if "Gerrit" in form else "Ann"
    assert said(form.format(recipient)) == [(who, True, "geheim"), (who, False, "hoi")]


@pytest.mark.parametrize(
    "mark",
    [
        "{} (privately)",
        "{} (privé)",
        "{} (Direct Message)",
        "{} (to you)",
        "{} (alleen u)",
        "Private message from {}",
        "Privébericht van {}",
        "{} - privé",
        "{} (лично)",
        "{} fluistert",
        "{} vertrouwelijk",
        "{} alleen aan host",
        "{} (alleen gespreksleider)",
        "{} (rechtstreeks)",
    ],
)
@pytest.mark.parametrize(
    "form", ["[19:35:10] {}: geheim\n[19:36:00] Anna: hoi\n", "{}   7:35 PM\ngeheim\n\nAnna   7:36 PM\nhoi\n"]
)
def test_what_is_marked_as_private_is_so(form: str, mark: str) -> None:
    assert said(form.format(mark.format("Tom"))) == [("Tom", True, "geheim"), ("Anna", False, "hoi")]


@pytest.mark.parametrize("more", ["apart", "zacht gezegd", "in vertrouwen"])
def test_more_words_behind_who_also_writes_without_them_are_not_for_all(more: str) -> None:
    form = "[3-12-2026 19:35] Tom: hoi\n[3-12-2026 19:36] {}: geheim\n"
    assert said(form.format(f"Tom {more}")) == [("Tom", False, "hoi"), ("Tom", True, "geheim")]
    for name in ("Tom van der Meer", "Tom (zij/haar)", "Tom iPad", "Tommie"):
        assert [one[1] for one in said(form.format(name))] == [False, False]


def test_a_mark_alone_in_the_place_of_a_name_is_private() -> None:
    chat = "[3-12-2026 19:35] Tom: hoi\n[3-12-2026 19:36] Privé: Tom:\ngeheim\n"
    assert [(is_private, "geheim" in text) for _who, is_private, text in said(chat)] == [(False, False), (True, True)]


def test_a_chat_of_meet_may_be_marked_too() -> None:
    cues = "00:01:03.000,00:01:06.000\n{}: a\n\n00:01:13.000,00:01:16.000\nAnna: b\n"
    assert said(cues.format("Tom (privé)")) == [("Tom", True, "a"), ("Anna", False, "b")]
    assert said(cues.format("Tom (gast)")) == [("Tom (gast)", False, "a"), ("Anna", False, "b")]


@pytest.mark.parametrize(
    "label",
    [
        "Anna",
        "Anna (zij/haar)",
        "Anna (External)",
        "Anna (directeur)",
        "Anna (admin)",
        "De Vries, Joke",
        "Jan van Aan",
        "Tom (alleen audio)",
        "P3 - Joke",
        "Priva BV",
        "Sales > Sam",
    ],
)
def test_a_name_alone_says_nothing_of_whom_it_is_for(label: str) -> None:
    assert addressed(label, lambda name: name in {"Anna", "Joke"}) is None


def test_a_word_between_two_people_is_a_direct_message_in_whatever_language() -> None:
    assert said("19:35:10 Xq  Anna : a\n19:35:20 Xq  Anna zu Piet : b\n19:35:25 Xq  Anna zu Bo : c\n") == [
        ("Anna", False, "a"),
        ("Anna", True, "b"),
        ("Anna", True, "c"),
    ]
    assert said("19:35:10 From  Anna : a\n19:35:20 From  Anna de Vries : b\n") == [
        ("Anna", False, "a"),
        ("Anna de Vries", False, "b"),
    ]


def test_a_person_who_is_called_as_everybody_is_a_person() -> None:
    chat = "19:35:10 Von Ria an Alle:\n\tpst\n"
    assert said(chat) == [("Ria", False, "pst")]
    assert said(chat, Evening({("alle", "boer")})) == [("Ria", True, "pst")]


def test_a_group_that_nobody_knows_is_told() -> None:
    chat = "".join(f"19:35:1{n} Qb {who} zu Qqq Www:\n\tx\n" for n, who in enumerate("ABC"))
    parsed = read(chat)
    assert all(one.is_private for one in parsed.messages)
    assert [str(one) for one in parsed.warnings] == [
        "Whether Qqq Www is everybody is not certain, so what was written to it counts as direct messages: 3."
    ]


PRIVATE = "Het gaat over Piet en zijn schuld, zegt “hij” zelf"


@pytest.mark.parametrize(
    ("public", "left"),
    [
        ('Replying to "Het gaat over Piet en zijn sch...":\n\t\n\tdat klopt', "dat klopt"),
        ("Antwort auf „Het gaat over Piet en zijn schuld, zegt “hij” zelf“:\n\tdat klopt", "dat klopt"),
        ("> Het gaat over Piet en\n\t> zijn schuld\n\tdat klopt", "> […]\ndat klopt"),
        ('Els zei "Het gaat over Piet en zijn schuld", klopt dat?', 'Els zei "[…]", klopt dat?'),
        ("«over Piet en zijn schuld» dat zei Els", "«[…]» dat zei Els"),
        (f"Els zei: {PRIVATE}", "Els zei: […]"),
        ("Els zei: het gaat goed hoor", "Els zei: het gaat goed hoor"),
        ("het gaat goed hoor", "het gaat goed hoor"),
        ('ik zei "ja" en "nee"', 'ik zei "ja" en "nee"'),
    ],
)
def test_who_quotes_a_direct_message_to_all_does_not_make_it_public(public: str, left: str) -> None:
    chat = f"19:35:10 From Els to Bo:\n\t{PRIVATE}\n19:36:00 From Anna to Everyone:\n\t{public}\n"
    private, quoting = read(chat).messages
    assert (private.is_private, quoting.is_private, quoting.text) == (True, False, left)


def test_a_quote_of_what_was_said_to_all_is_a_link_or_stays() -> None:
    chat = (
        "from Els to everyone: 19:35\nallemaal welkom hier\n"
        "from Els to Bo: 19:35\nPiet is laat\n"
        "from Bo to everyone: 19:36\n> allemaal welkom hier\n> Piet is laat\ndank\n"
        "from Bo to everyone: 19:37\n> allemaal welkom hier\ndank\n"
    )
    assert said(chat) == [
        ("Els", False, "allemaal welkom hier"),
        ("Els", True, "Piet is laat"),
        ("Bo", False, "> […]\ndank"),
        ("Bo", False, "dank"),
    ]


def test_a_sign_on_a_direct_message_is_with_it() -> None:
    chat = (
        "19:35:10 Von  Tom  an  Ria(Direktnachricht):\n\tdas ist geheim und lang\n"
        "19:35:30 Von  Eva  an  Alle:\n\tHat auf „das ist geheim und lang“ mit 👍 reagiert\n"
    )
    (only,) = read(chat).messages
    assert [(one.sign, one.people) for one in only.reactions] == [("👍", ("Eva",))]
    assert read(chat).signals == ()


@pytest.mark.parametrize(
    "form",
    [
        "[03-12-2026 19:35:10] Anna: hoi: allen\nen meer\n[03-12-2026 19:36:10] Tom: ja\n[03-12-2026 19:37:10] x\n",
        "03/12/2026, 19:35 - Anna: hoi: allen\nen meer\n03/12/2026, 19:36 - Tom: ja\n03/12/2026, 19:37 - Tom vertrok\n",
        "[12/3/26, 7:35\u202fPM] Anna: hoi: allen\nen meer\n\u200e[12/3/26, 7:36 PM] Tom: ja\n[12/3/26, 7:37 PM] x\n",
        "3.12.2026, 19.35 - Anna: hoi: allen\nen meer\n3.12.2026, 19.36 - Tom: ja\n3.12.2026, 19.37 - Tom vertrok\n",
        "2026-12-03, 19:35 - Anna: hoi: allen\nen meer\n2026-12-03, 19:36 - Tom: ja\n2026-12-03, 19:37 - Tom vertrok\n",
    ],
)
def test_stamps_as_those_of_whatsapp(form: str) -> None:
    parsed = read(form)
    assert (parsed.format, parsed.clock) == ("chat-lines", Clock.WALL)
    assert said(form) == [("Anna", False, "hoi: allen\nen meer"), ("Tom", False, "ja")]
    first, second = (one.at_ms or 0 for one in parsed.messages)
    assert second - first == 60_000
    assert first // 60_000 * 60 == 1_796_326_500
    assert [one.line for one in parsed.skipped] == [4]


@pytest.mark.parametrize(
    "form",
    [
        "Anna Bakker, [03.12.2026 19:35]\nhoi: allen\nen meer\n\nTom, [03.12.2026 19:36]\nja\n",
        "Anna Bakker [3-12-2026, 19:35:10]: hoi: allen\nen meer\nTom [3-12-2026, 19:36:10]: ja\n",
    ],
)
def test_a_name_before_a_date(form: str) -> None:
    assert read(form).clock is Clock.WALL
    assert said(form) == [("Anna Bakker", False, "hoi: allen\nen meer"), ("Tom", False, "ja")]


def test_a_chat_of_weeks_brings_only_the_evening() -> None:
    days = "".join(f"{day:02}/12/2026, 19:35 - Anna: dag {day}\n" for day in range(1, 9))
    parsed = read(days)
    assert [one.text for one in parsed.messages] == ["dag 2", "dag 3", "dag 4"]
    assert {str(one.why) for one in parsed.skipped} == {"This is of another day than the session."}
    with pytest.raises(Unreadable, match="is of 2026-12-20 – 2026-12-21, the session of 2026-12-03"):
        read("20/12/2026, 19:35 - Anna: x\n21/12/2026, 19:35 - Anna: y\n")


def test_words_that_end_in_a_time_are_no_name() -> None:
    chat = "Anna 19:35\ntot om 20:00\nhoi\nTom (privé) 19:36\npst\nAnna 19:37\nja\n"
    assert said(chat) == [("Anna", False, "tot om 20:00\nhoi"), ("Tom", True, "pst"), ("Anna", False, "ja")]


@pytest.mark.parametrize(
    "table",
    [
        "Time,From,To,Message\n9:35:10,Anna,Everyone,hallo\n9:35:20,Piet,Anna,heel geheim\n9:35:30,Anna,Alle,ja\n",
        "Tijd;Ontvanger;Wie;Tekst\n9:35:10;Alle;Anna;hallo\n9:35:20;;Piet;heel geheim\n9:35:30;Alle;Anna;ja\n",
        "Time,Who,What,Message\n9:35:10,Anna,Everyone,hallo\n9:35:20,Piet,Host,heel geheim\n9:35:30,Anna,Alle,ja\n",
        "Time,Sender,Private,Message\n9:35:10,Anna,no,hallo\n9:35:20,Piet,yes,heel geheim\n9:35:30,Anna,,ja\n",
    ],
    ids=["to", "recipient first", "everybody", "mark"],
)
def test_a_table_that_says_for_whom_is_a_chat(table: str) -> None:
    assert said(table) == [("Anna", False, "hallo"), ("Piet", True, "heel geheim"), ("Anna", False, "ja")]


def test_a_table_in_markdown_keeps_its_names() -> None:
    table = "| Tijd | Naam | Bericht |\n|---|:--|---|\n| 19:35 | Piet | hallo |\n| 19:36 | Fatima | ja |\n"
    assert said(table) == [("Piet", False, "hallo"), ("Fatima", False, "ja")]


def test_a_table_from_and_to_a_time_is_a_transcript() -> None:
    parsed = read("From;To;Speaker;Text\n0:01;0:03;Anna;hallo allemaal\n0:04;0:06;Piet;dag\n0:07;0:09;Anna;ja\n")
    assert (parsed.messages, len(parsed.utterances)) == ((), 3)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        (
            "Tijd;Afzender;Ontvanger;Bericht\n9:31;Anna Bakker;Alle;hoi\n9:32;Piet;Fatima;pst\n9:33;Fatima;Alle;ja\n",
            [("Anna Bakker", False, "hoi"), ("Piet", True, "pst"), ("Fatima", False, "ja")],
        ),
        (
            "Time,Channel,Message,From\n9:31,Everyone,hi,Anna Bakker\n9:32,Private,pst,Piet\n",
            [("Anna Bakker", False, "hi"), ("Piet", True, "pst")],
        ),
        (
            "time,type,name,text,IsPrivate\n9:31,message,Anna Bakker,hi,FALSE\n9:32,message,Piet,pst,TRUE\n",
            [("Anna Bakker", False, "hi"), ("Piet", True, "pst")],
        ),
        (
            "timestamp;channel;user;text\n2026-12-03 19:31;alle;Piet;hoi\n2026-12-03 19:32;DM: Piet;Fatima;pst\n",
            [("Piet", False, "hoi"), ("Fatima", True, "pst")],
        ),
        (
            "Sent at,To,From,Message\n12/3/2026 7:31 PM,Everyone,Anna Bakker,hi\n12/3/2026 7:32 PM,,Piet,pst\n",
            [("Anna Bakker", False, "hi"), ("Piet", True, "pst")],
        ),
        (
            "Datum;Naam;Bericht\n3-12-2026 19:31;Anna Bakker;hoi\n3-12-2026 19:32;Piet;ja\n",
            [("Anna Bakker", False, "hoi"), ("Piet", False, "ja")],
        ),
    ],
)
def test_the_headings_of_a_chat_say_what_its_columns_hold(text: str, right: list[tuple]) -> None:
    parsed = read(text, "chat.csv")
    assert [(one.author, one.is_private, one.text) for one in parsed.messages] == right
    assert (parsed.responses, parsed.utterances) == ((), ())


def test_a_chat_of_weeks_as_a_table_brings_in_the_evening() -> None:
    rows = "2026-11-01T09:00:00Z,Piet,oud\n2026-12-03T18:31:10Z,Anna Bakker,hoi\n2026-12-03T18:32:10Z,Piet,ja\n"
    parsed = read(f"sent,name,message\n{rows}", "chat.csv")
    assert (parsed.clock, [one.text for one in parsed.messages]) == (Clock.UTC, ["hoi", "ja"])
    assert [(one.line, str(one.why)) for one in parsed.skipped] == [(2, "This is of another day than the session.")]
    with pytest.raises(Unreadable, match="2026-11-01"):
        read("sent,name,message\n2026-11-01 09:00,Piet,oud\n", "chat.csv")


@pytest.mark.parametrize(
    "text",
    [
        "Tijdstempel;Naam;Cijfer?;Bericht;Mail\n3-12-2026 19:31;An;8;hoi;a@x.nl\n3-12-2026 19:32;Bo;7;dag;b@x.nl\n",
        "Timestamp,Name,Text\n2026-12-03 19:31,An,fine\n2026-12-03 19:32,Bo,good\n",
    ],
)
def test_a_form_that_was_filled_in_is_no_chat(text: str) -> None:
    assert not read(text, "form.csv").messages


@pytest.mark.parametrize(
    "mark",
    [
        "Privé aan Fatima",
        "(privé)",
        "Private message",
        "[Direct message to Fatima]",
        "privately",
        "Direktnachricht an Fatima",
    ],
)
def test_what_says_private_behind_the_time_is_no_part_of_the_message_above(mark: str) -> None:
    text = f"Anna Bakker 3-12-2026 19:31\nhoi\n\nPiet 3-12-2026 19:32  {mark}\npst\n\nFatima 3-12-2026 19:33\nja\n"
    assert [text for _, is_private, text in said(text) if not is_private] == ["hoi", "ja"]
    assert {author for author, _, _ in said(text)} <= {"Anna Bakker", "Piet", "Fatima"}


def test_somebody_called_an_writes_to_all() -> None:
    evening = Evening({("an", "peeters"), ("piet",)})
    text = "An Peeters 19:31\nhoi\nPiet (privé) 19:32\npst\nAn Peeters 19:33\nja\nAn Piet 19:34\npst\n"
    assert [text for _, is_private, text in said(text, evening) if not is_private] == ["hoi", "ja"]


def test_a_quote_of_a_direct_message_that_nothing_closes_is_hidden_too() -> None:
    text = 'Anna Bakker 19:31\nhoi\nPiet (privé) 19:32\nheel geheim\nen meer\nFatima 19:33\nover "heel geheim\n'
    told = [text for _, is_private, text in said(text) if not is_private]
    assert told == ["hoi", 'over "[…]']


@pytest.mark.parametrize(
    "mark",
    [
        "Private message to Jan Bakker",
        "Direct Message",
        "Privébericht aan Jan",
        "Privé",
        "(privé)",
        "Private",
        "Direktnachricht an Jan",
        "Message privé",
        "**Direct message to you:**",
        "To Jan Bakker (Direct Message)",
    ],
)
@pytest.mark.parametrize(
    "form",
    [
        "Piet\nhoi allemaal\n19:30\n\nFatima\n{}\ngeheim\n19:31\n\nPiet\nja\n19:32\n",
        "Piet 19:30\nhoi allemaal\n\nFatima 19:31\n{}\ngeheim\n\nPiet 19:32\nja\n",
        "19:30:00 Piet: hoi\n{}\n19:31:00 Fatima: geheim\n19:32:00 Piet: ja\n",
        "[3-12-2026 19:30] Piet: hoi\n{}\n[3-12-2026 19:31] Fatima: geheim\n[3-12-2026 19:32] Piet: ja\n",
        "{}\n[3-12-2026 19:31] Fatima: geheim\n[3-12-2026 19:32] Piet: ja\n",
        "[3-12-2026 19:30] Piet: hoi\n[3-12-2026 19:31] Fatima: {}\ngeheim\n[3-12-2026 19:32] Piet: ja\n",
    ],
)
def test_a_line_that_says_it_is_private_never_lets_the_words_in(form: str, mark: str) -> None:
    assert "geheim" not in heard(form.format(mark))


def test_a_mark_refuses_a_transcript_and_makes_a_message_private() -> None:
    with pytest.raises(Unreadable) as refused:
        read("Fatima\nPrivé\ngeheim\n19:31\n\nPiet\nja\n19:32\n")
    assert refused.value.sentence.values["n"] == 2
    found = said("[3-12-2026 19:31] Fatima: Privé\ngeheim\n[3-12-2026 19:32] Piet: ja\n")
    assert found == [("Fatima", True, "Privé\ngeheim"), ("Piet", False, "ja")]


@pytest.mark.parametrize(
    "line", ["Privé gaat het goed", "Private Banking", "Ik heb liever een privé auto", "Direct daarna", "Jan, privé"]
)
def test_a_line_about_what_is_private_is_no_mark(line: str) -> None:
    assert not says_alone(line)


def test_an_answer_of_one_word_is_no_mark() -> None:
    found = read("WEBVTT\n\n00:01.000 --> 00:02.000\nWerk?\n\n00:03.000 --> 00:04.000\nPrivé\n", "a.vtt")
    assert [one.text for one in found.utterances] == ["Werk?", "Privé"]
    assert said("[3-12-2026 19:30] Piet: Werk?\n[3-12-2026 19:31] Anna: Privé\n[3-12-2026 19:32] Piet: ja\n") == [
        ("Piet", False, "Werk?"),
        ("Anna", False, "Privé"),
        ("Piet", False, "ja"),
    ]


@pytest.mark.parametrize(
    "head",
    [
        "[03-12 19:34] Jan Bakker",
        "[3 dec 19:34] Jan Bakker",
        "[vandaag 19:34] Jan Bakker",
        "Jan Bakker [do 3-12 19:34]",
    ],
)
@pytest.mark.parametrize(
    "form",
    [
        "[19:33] An\nhoi\n{}\nvan Jan\n[19:35] Piet\nja\n",
        "[19:33] An: hoi\n{}: van Jan\n[19:35] Piet: ja\n[19:36] An: o\n",
        "[3-12-2026 19:33] An: hoi\n{}\nvan Jan\n[3-12-2026 19:35] Piet: ja\n",
        "An (privé) 19:33\nhoi\n{}\nvan Jan\nPiet 19:35\nja\n",
    ],
)
def test_a_head_with_another_date_never_gives_its_words_to_who_is_above(form: str, head: str) -> None:
    found = read(form.format(head))
    told = {one.speaker: one.text for one in found.utterances} | {one.author: one.text for one in found.messages}
    assert told.get("Jan Bakker", "van Jan") == "van Jan"
    assert not any("van Jan" in text or "19:34" in text for name, text in told.items() if name != "Jan Bakker")
    assert "Jan Bakker" in told or found.skipped


def test_a_time_in_words_is_no_head() -> None:
    text = "[3-12-2026 19:33] An: hoi\nwe beginnen (19:45)\ntot (19:45) dan\n[3-12-2026 19:35] Piet: ja\n"
    assert said(text) == [("An", False, "hoi\nwe beginnen (19:45)\ntot (19:45) dan"), ("Piet", False, "ja")]


@pytest.mark.parametrize(
    "form",
    [
        "{name} (to Everyone): {time}: {text}\n",
        "{name} (to Everyone): {time}:\n{text}\n",
        "[{time}] {name} to Everyone: {text}\n",
        "{time}:00 From {name} to Everyone: {text}\n",
    ],
)
@pytest.mark.parametrize("above", ["", "Session chat\nGroup 3\n\n"])
def test_a_title_above_a_chat_lets_no_direct_message_in(form: str, above: str) -> None:
    told = form.format(name="Joke", time="19:41", text="hello")
    told += form.format(name="Piet", time="19:42", text="yes: no")
    told += form.replace("Everyone", "Els (privately)").format(name="Joke", time="19:43", text="secret")
    parsed = read(above + told)
    assert (parsed.format, parsed.utterances) == ("chat-lines", ())
    public = [(one.author, one.text) for one in parsed.messages if not one.is_private]
    assert public == [("Joke", "hello"), ("Piet", "yes: no")]


def test_one_direct_message_below_a_title_makes_a_chat_of_it() -> None:
    told = "Chat\n\n7:35 PM Joke: hallo\n7:36 PM Piet (privately to Els): sst\n7:37 PM Joke: dag\n"
    assert heard(told) == "hallo\ndag"


@pytest.mark.parametrize("mark", ["(private to Els)", "(privé aan Els)", "[privately]"])
def test_a_mark_in_front_of_the_words_is_one(mark: str) -> None:
    parsed = read(f"19:35 Joke: hoi\n19:36 Piet: dag\n19:37 Joke: {mark} stil\n19:38 Piet: ja: nee\n")
    assert [one.text for one in parsed.messages if not one.is_private] == ["hoi", "dag", "ja: nee"]


def test_a_mark_beside_words_of_nobody_lets_them_not_in() -> None:
    assert "stil" not in heard("[00:00:05] Goedenavond\n[00:00:09] Joke to Els (private): stil\n[00:00:12] Ja\n")
