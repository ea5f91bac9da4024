"""Files of cues as programs write them, made up."""

TEAMS = """WEBVTT

1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed/31-0
00:00:04.500 --> 00:00:08.000
<v Ria de Wit>Goedenavond,
welkom bij deze groep.</v>

1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed/32-0
00:00:08.200 --> 00:00:10.000
<v Bakker, Tom (Extern)>Dank u &amp; goedenavond. &lt;b&gt;

1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed/33-0
00:00:09.900 --> 00:00:12.000
<v Sofie>Hoi.</v> <v Ria de Wit>Ga uw gang.</v>

1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed/34-0
00:00:12.100 --> 00:00:13.000
[applaus]
"""
METADATA = """WEBVTT

00:00:10.000 --> 00:00:11.000
{"startDateTime":"2026-02-03T18:30:10.2500000+00:00","speakerName":"Ria de Wit","spokenText":"Begint u maar."}

00:00:12.000 --> 00:00:13.000
{"startDateTime":"2026-02-03T18:30:12.2500000+00:00","speakerName":"Tom","spokenText":""}

00:00:14.000 --> 00:00:15.000
{"startDateTime":"2026-02-03T18:30
"""
WEBEX = """WEBVTT

1 "Ria de Wit" (2839412)
00:00:01.000 --> 00:00:04.000
Goedenavond.

2 "Tom Bakker" (2839413)
00:00:04.500 --> 00:00:05.000
Ja, goedenavond.
"""
ZOOM = """WEBVTT

1
00:00:02.000 --> 00:00:04.000
Ria de Wit (zij): Welkom.

2
00:00:04.500 --> 00:00:06.000
Fijn dat u er bent.

3
00:00:11.000 --> 00:00:12.000
Ja?

4
00:00:12.500 --> 00:00:14.000
Tom: Goedenavond: ik ben Tom.

5
00:00:14.000 --> 00:00:16.000
Ria de Wit (zij): Dank.

6
00:00:16.000 --> 00:00:18.000
Tom: Graag.
"""
WHISPERX = """WEBVTT

00:01.250 --> 00:03.500
[SPEAKER_01]: Een vraag: wie begint?

00:59:58.000 --> 01:00:02.000
hmm
"""
NOSCRIBE = """WEBVTT avond 3

NOTE
Speakers: 2
taal: nl

1
00:00:01.000 --> 00:00:05.000
<v S01>Wie wil er beginnen

2
00:00:05.000 --> 00:00:09.000
<v S01>en //S02: ik wel // wat zegt u

3
00:00:09.000 --> 00:00:10.000
<v //S02>ja ja

4
00:00:10.000 --> 00:00:22.000
(12 seconds pause)

5
00:00:25.000 --> 00:00:24.000
<v S02>Nou kijk
"""
HEADERLESS = """00:00:01.000 --> 00:00:05.000
(RW)
Welkom allemaal
-
\x20
(Tom B)
Dank u

00:00:05.000 --> 00:00:07.000
(RW)
(lacht)
"""
ROLLING = """WEBVTT
Kind: captions

00:00:01.000 --> 00:00:03.000 align:start position:0%
\x20
de<00:00:01.500><c> wachttijd</c>

00:00:03.000 --> 00:00:03.010 align:start position:0%
de wachttijd
\x20

00:00:03.010 --> 00:00:05.000 align:start position:0%
de wachttijd
was<00:00:04.000><c> lang</c>

00:00:05.000 --> 00:00:05.010 align:start position:0%
was lang
\x20
"""
OLD_TEAMS = "0:0:0.0 --> 0:0:1.820\nRia de Wit\nGoedenavond\n\n0:0:2.5 --> 0:0:4.0\nTom\nDag\nallemaal\n"
SRT = "1\r\n00:00:01,500 --> 00:00:02,000\r\n{\\an8}<i>Ja</i>\r\n2\r\n00:00:02,500 --> 00:00:03,000\r\nNee\r\n"
SBV = "0:00:01.500,0:00:02.000\nJa\u00a0hoor\n\u00a0\n0:00:03.000,0:00:02.000\nNee"
MEET = "00:01:00.250,00:01:03.250\nTom: kijk: hier\nen daar\n\n00:02:00.000,00:02:03.000\nRia: dank\n"
NAMED_IDENTIFIERS = """WEBVTT

1 - Ria de Wit (123)
00:00:01.000 --> 00:00:02.000
Hallo

2 - Tom (124)
00:00:02.000 --> 00:00:03.000
Dag

3 - Ria de Wit (123)
00:00:03.000 --> 00:00:04.000
Ja

4 - Tom (124)
00:00:04.000 --> 00:00:05.000
Ook
"""
BRACKETS = """1
00:00:01,000 --> 00:00:02,000
[Ria] Hallo

2
00:00:02,000 --> 00:00:03,000
[Tom] Dag: ja

3
00:00:03,000 --> 00:00:04,000
[Ria] Ja
"""
NAMELESS = "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n<v>Hallo</v>\n\n00:00:02.000 --> 00:00:03.000\n<v >Dag</v>\n"
