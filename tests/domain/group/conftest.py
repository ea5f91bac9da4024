"""A talk whose plan says what a question must yield, of which kind a probe is, and what to say to a talker."""

from __future__ import annotations

import pytest

from domain.desk import Desk
from kring.domain import facts as f
from kring.plans.plan_reader import read_plan

PLAN = """\
---
title: Sparen
language: nl
form: online
start: 2026-12-03 19:30
duur: 60 min
stilte na vraag: 4 tellen
gesteld na: 8 s
herinneringen: ja
---

# Welkom (6 min)
1. Wie bent u?

# Ervaringen (30 min)
2. Vertel eens over de laatste keer. ! {key}
   - wat ging goed {voorbeeld}
   - wat ging fout
   @opbrengst een echt moment; wat iemand toen deed
   @opbrengst reden om te wachten
3. Welk cijfer geeft u?

# Afsluiting (10 min)
4. Wat vergaten we?

# Deelnemers
| code | naam |
| P1 | Joost |
| P2 | Anna |
| P3 | Fatima |
| P4 | Piet |

@zin prater: Dank u. Wie ziet het anders?
"""


@pytest.fixture
def desk() -> Desk:
    """The talk has begun, and the question that must yield something is open."""
    desk = Desk(begun=False, started=False)
    desk.happen(f.SessionCreated("s", "UTC", 0))
    desk.read(read_plan(PLAN))
    desk.happen(f.SessionStarted())
    desk.type("go 2.1")
    return desk
