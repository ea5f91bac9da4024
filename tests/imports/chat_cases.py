"""Chats as Zoom saves them, made up."""

DATED = """2026-02-03 19:31:00 From Ria de Wit to Everyone:
\tWie wil beginnen met de eerste vraag van deze avond, over de post?
\tBo, Wit, Tom de:👍🏽
\tTom:❤️
\t
2026-02-03 19:31:30 From Wit, Tom de to Everyone:
\tReplying to "Wie wil beginnen met de eerste vraag van deze avon...":
\tik wel
\t
\tlater :)
\t
2026-02-03 19:31:28 From Bo to Ria de Wit (direct message):
\tReplying to "iets dat er niet staat...":
\tdank
\tRia de Wit:1️⃣
\t
2026-02-04 00:00:02 From Wit, Tom de to Everyone:
\tTijd: 👍
\t
"""
CLOUD = "00:03:10\tRia: mod:\thallo: allemaal\r\nnog iets\r\n00:03:12\tTom:\tja\r\n"
INLINE = "19:02:11\t From  Ria : Welkom\n\nhier\n19:02:20\t From  Tom  to  Ria(Privately) : hoi : jij\n"
BLOCKS = """19:02:11 Von  Ria  an  Alle:
\tGuten Abend
19:02:15 Von  Tom  an  Ria(Direktnachricht):
\tadd 👍
19:02:16 Von  Bo  an  Alle:
\tReacted to "Guten Abend" with 👋
19:02:17 Von  Bo  an  Alle:
\tRemoved a 👋 reaction from "Guten Abend"
"""
WEBEX = """from Ria de Wit to everyone:    7:35 PM
Welkom
from Tom to Ria de Wit (privately):    7:36 PM
geheim
from Bo to everyone:    7:37 PM
> Welkom
dank
"""
DATED_LINES = """[03-12-2026 19:35:10] Ria: Welkom
en nog iets
\u200e[03-12-2026 19:36:10] Tom: \u200e<Media weggelaten>
[03-12-2026 19:37:10] Tom vertrok
04/12/2026, 19:37 - Bo: dag
"""
COPIED = "Ria 19:35\nWelkom\nTom (privé) 19:36\npst\nRia 19:37\nja\n"
