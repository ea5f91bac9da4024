"""Ways to reach somebody in free text stay behind; dates, spans and amounts are none."""

from __future__ import annotations

import pytest

from kring.privacy.contacts import without_contacts


@pytest.mark.parametrize(
    "text",
    [
        "maart 2019, 18-24, 2015-2019 en 2015/2016",
        "01-02-2019 10:30 tot 12.03.2019 11",
        "2026-12-03 19:30",
        "12345678",
        "00:12:34.567 --> 00:12:36.000",
        "1.250,50 of 12 000 000 of 1.000.000.000 euro",
        "20-30, 30-40, 40-50, 50-60",
        "3.14159265358",
        "0 1 2 3 4 5 6 7 8 9 en 0 1 2 3 4 5 6 7 8 9 10",
        "0.25 0.50 0.75 en 0.123456789",
        "0-10 10-20 20-30",
        "09.30 - 10.15 2",
        "01-02-2019 10.30",
        "wij @ de winkel, jo@thuis",
    ],
)
def test_no_way_to_reach_somebody_stays(text):
    assert without_contacts(text) == (text, 0)


@pytest.mark.parametrize(
    ("text", "told", "count"),
    [
        ("bel 06-12345678 of 06 12 34 56 78", "bel [telephone] of [telephone]", 2),
        ("+31 6 12345678, 0031612345678", "[telephone], [telephone]", 2),
        ("(030) 234 56 78 of 0470/12.34.56", "[telephone] of [telephone]", 2),
        ("call (555) 123-4567 or 555-123-4567.", "call [telephone] or [telephone].", 2),
        ("020 7946 0958, 07700 900123, 02079460958", "[telephone], [telephone], [telephone]", 3),
        ("02 123 45 67, 03/123.45.67, 011 22 33 44", "[telephone], [telephone], [telephone]", 3),
        ("06.12.34.56.78, 06–12345678, 06\u00a012345678", "[telephone], [telephone], [telephone]", 3),
        ("nl91abna0417164300", "[bank account]", 1),
        ("tel:0612345678", "tel:[telephone]", 1),
        ("mail jo.p+x@mail.example.nl!", "mail [e-mail]!", 1),
        ("NL91 ABNA 0417 1643 00 en NL91ABNA0417164300", "[bank account] en [bank account]", 2),
    ],
)
def test_a_way_to_reach_somebody_stays_behind(text, told, count):
    assert without_contacts(text) == (told, count)
