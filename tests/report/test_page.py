"""The page in a real browser: nothing from elsewhere, no complaint, and filters that work."""

import pytest

from exports.full_session import HOSTILE, full_material
from kring.privacy.snapshot import read
from kring.rehearsal.playing import write_session
from kring.report.content import report_of
from kring.report.drawing.person import Person
from kring.report.html import page
from kring.report.parts import Beside, Mention, Mentions, Paragraph, Report, Section

HIDDEN_ROWS = "document.querySelectorAll('#lines tbody tr[hidden]').length"
SHOWN = "[...document.querySelectorAll('#lines tbody tr:not([hidden])')]"


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    from conftest import make_plan

    folder = tmp_path_factory.mktemp("page")
    write_session(folder / "session.db", make_plan(), seed=5)
    file = folder / "report.html"
    file.write_text(page(report_of(read(folder / "session.db"))), "utf-8")
    return file


def choose(opened, name, value):
    opened.run(
        f"(() => {{ const field = document.querySelector('#filter [name={name}]'); field.value = {value!r};"
        " field.dispatchEvent(new Event('input', {bubbles: true})); })()"
    )


def test_what_a_page_asks_for_and_complains_of_is_noticed(browser, tmp_path):
    file = tmp_path / "loud.html"
    file.write_text("<img src=gone.png><script>console.warn('first'); throw Error('second')</script>", "utf-8")
    opened = browser.page(file)
    assert opened.requests == [file.as_uri(), (tmp_path / "gone.png").as_uri()]
    told = " ".join(opened.complaints)
    assert all(word in told for word in ("first", "second", "ERR_FILE_NOT_FOUND"))


@pytest.mark.parametrize("look", [{}, {"width": 375}, {"dark": True}, {"media": "print"}])
def test_it_asks_for_nothing_and_complains_of_nothing(browser, report, look):
    opened = browser.page(report, **look)
    assert opened.requests == [report.as_uri()]
    assert opened.complaints == []
    assert opened.run("document.documentElement.scrollWidth <= innerWidth")


def test_what_goes_on_sideways_says_so_on_a_phone_and_nowhere_else(browser, report):
    hints = "[...document.querySelectorAll('.hint')].map(hint => hint.nextElementSibling.className)"
    assert browser.page(report, width=1400).run(hints) == []
    small = browser.page(report, width=375)
    assert small.run("new Promise(done => setTimeout(done, 50))") is None
    assert "drawing more-right" in small.run(hints)


def test_a_hint_goes_where_the_window_grows_wide_enough(browser, report):
    frames = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(null))))"
    shown = "[...document.querySelectorAll('.hint')].filter(hint => hint.offsetHeight).length"
    opened = browser.page(report, width=620)
    opened.run(frames)
    assert opened.run(shown) > 0
    opened.resize(1400)
    opened.run(frames)
    assert opened.run(shown) == 0


TAGGED = (
    "vertrouwen", "gemeentewinkel", "communicatieve", "betrouwbaarder", "getting-there", "waterverwarmer", "gemak",
)  # fmt: skip


@pytest.mark.parametrize("width", [1440, 1000, 830, 600, 390, 360])
def test_no_tag_of_fourteen_letters_breaks_and_what_is_long_does_not_push_the_page(browser, tmp_path, width):
    person = Person("P1", "g1")
    rows = tuple(Mention(tag, (person,) * 8, ("8", "12 times"), "woorden", "P1") for tag in (*TAGGED, "w" * 60))
    about = Mentions("What it was about", "", "", rows)
    blocks = (Beside((Paragraph("een samenvatting"),), (about,)),)
    file = tmp_path / "tags.html"
    file.write_text(page(Report("nl", "titel", "", (Section("said", "gezegd", blocks),), "")), "utf-8")
    opened = browser.page(file, width=width)
    lines = (
        "(() => { const range = document.createRange(); return [...document.querySelectorAll('.mentions dt')].map("
        "tag => { range.selectNodeContents(tag); return new Set([...range.getClientRects()].map(one => one.top)).size;"
        " }); })()"
    )
    found = opened.run(lines)
    hyphened = {tag for tag, n in zip(TAGGED, found, strict=False) if n > 1}
    assert hyphened <= {"getting-there"}
    assert found[-1] > 1
    assert opened.run("document.documentElement.scrollWidth <= innerWidth")


def test_what_comes_below_on_a_phone_has_room_above_it(browser, report):
    room = (
        "(() => { const [above, below] = document.querySelector('.beside:not(.alone)').children;"
        " return below.firstElementChild.getBoundingClientRect().top - above.getBoundingClientRect().bottom; })()"
    )
    assert browser.page(report, width=390).run(room) >= 16


def test_the_contents_say_where_one_is(browser, report):
    opened = browser.page(report)
    opened.run("document.documentElement.style.scrollBehavior = 'auto'")
    opened.run("document.querySelector('#consent').scrollIntoView()")
    there = "document.querySelector('nav a[aria-current]')?.hash === '#consent'"
    opened.run(f"new Promise(done => {{ const look = () => {there} ? done() : setTimeout(look, 20); look(); }})")
    assert opened.run("document.querySelectorAll('nav a[aria-current]').length") == 1


def test_a_report_for_the_client_has_no_filter_and_complains_of_nothing(browser, tmp_path):
    file = tmp_path / "client.html"
    file.write_text(page(report_of(full_material(), "client")), "utf-8")
    opened = browser.page(file)
    assert opened.complaints == []
    assert opened.run("document.querySelector('#filter')") is None


def test_the_filters_leave_what_was_asked_for(browser, report):
    opened = browser.page(report)
    total = opened.run(f"{SHOWN}.length")
    assert opened.run("document.querySelector('#filter').hidden") is False
    choose(opened, "kind", "Turn")
    kinds = opened.run(f"{SHOWN}.map(row => row.cells[2].textContent.trim())")
    assert set(kinds) == {"Turn"}
    assert opened.run("document.querySelector('#filter output').textContent") == f"{len(kinds)} of {total} lines"
    choose(opened, "who", "P3")
    speakers = opened.run(f"{SHOWN}.map(row => row.cells[3].textContent.trim())")
    assert set(speakers) == {"P3"}
    assert len(speakers) < len(kinds)
    opened.run("document.querySelector('#filter').reset()")
    opened.run("new Promise(done => setTimeout(done, 20))")
    assert opened.run(HIDDEN_ROWS) == 0


def test_the_search_does_not_care_for_accents_or_case(browser, tmp_path):
    file = tmp_path / "report.html"
    file.write_text(page(report_of(full_material("Het Café was één gedoe"))), "utf-8")
    opened = browser.page(file)
    choose(opened, "text", "CAFE een")
    assert "Café" in opened.run(f"{SHOWN}[0].textContent")
    choose(opened, "text", "nergens te vinden")
    assert opened.run(f"{SHOWN}.length") == 0


def test_without_script_everything_is_there_and_no_filter(browser, report):
    opened = browser.page(report, script=False)
    assert opened.run("document.querySelector('#filter').hidden") is True
    assert opened.run(HIDDEN_ROWS) == 0


def test_paper_is_white_also_in_the_dark(browser, report):
    dark = browser.page(report, dark=True)
    printed = browser.page(report, dark=True, media="print")
    paper = "getComputedStyle(document.body).backgroundColor"
    assert printed.run(paper) == "rgb(255, 255, 255)" != dark.run(paper)
    assert printed.run("getComputedStyle(document.querySelector('nav')).display") == "none"


WRITTEN = (*HOSTILE, "</script><script>document.title='taken'</script>", '"><img src=x>')


@pytest.mark.parametrize("hostile", [" ".join(WRITTEN[first::4]) for first in range(4)])
def test_nothing_that_people_wrote_runs_or_is_fetched(browser, tmp_path, hostile):
    file = tmp_path / "report.html"
    snapshot = full_material(hostile, name=hostile, with_names=True)
    file.write_text(page(report_of(snapshot)), "utf-8")
    opened = browser.page(file)
    assert opened.requests == [file.as_uri()]
    assert opened.complaints == []
    assert opened.run("document.title") != "taken"
    assert opened.run("document.querySelectorAll('script').length") == 1
    assert opened.run("document.documentElement.scrollWidth <= innerWidth")
