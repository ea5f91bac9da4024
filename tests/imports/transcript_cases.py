"""Transcripts as programs write them, made up."""

ZOOM = """[Ria de Wit] 19:30:01\u3000
Goedenavond,
allemaal.

[3142_tom] 19:30:07
Dag.

[Ria de Wit] 23:59:58
Bijna.

[3142_tom] 00:00:03
Nu wel.
"""
OTTER = """Ria de Wit  0:03\x20\x20
Goedenavond allemaal.

Unknown Speaker  0:49
Dank u: wel.

Ria de Wit  1:02:10
Tot slot om 19:30.

Transcribed by https://otter.ai
"""
OTTER_MARKDOWN = "**Ria de Wit** 0:03  \nGoedenavond.\n\n**Tom** 0:09\nDag.\n"
NOSCRIBE = """avond 3

S00: [00:00:01] Goedenavond (..) //S01: ja// allemaal [00:01:05] en verder

S01: [00:01:09] Dag.
"""
HAPPY = """[00:00:01.250] - Ria
Goedenavond
allemaal.

[00:00:05.000] - Tom
Dag.

[00:00:04.000] - Ria
Wie begint?
"""
ATRAIN = """Transcription for avond.mp3

SPEAKER_00
[00:00:01] - Goedenavond.
[00:00:04] - Wie begint?

SPEAKER_01
[00:00:09] - Ik wel: hoor.
"""
PREMIERE = """00;00;01;15 - 00;00;04;00
Unknown
Goedenavond

00;00;05;00 - 00;00;06;29
Ria
Wie begint?
En dan?
"""
AMBERSCRIPT = "00:00:01\nSpeaker 1: Goedenavond\n\n00:00:05\nSpeaker 2: Dag\nallemaal\n"
NAMES_ABOVE = "Ria de Wit\n0:03\nGoedenavond\n\nTom\n0:09\nDag\nallemaal\n\nRia de Wit\n1:02:10\nTot slot.\n"
BESIDE = "[09:02 AM] Ria: Goedenavond\n[09:03 AM] Tom: Dag\n[12:30 PM] Ria: Let op: nu\n"
REV = "Ria (00:03):\nGoedenavond.\n\nTom (00:09):\nDag.\n\nRia (01:02:10):\nSlot.\n"
CAPTIONS = "19:30:03 ja dat klopt\n19:30:05 en toen: niets\n19:30:04 ik zei\n"
MARKS = "I: Goedenavond. #00:00:03-2#\nB1: Dag. Ik ben B. #00:00:07-9#\nI: En dan #00:00:12-0#\nB1: slot\n"
MARKS_IN_FRONT = "#00:00:03-2# I: Goedenavond.\n#00:00:07-9# B1: Dag.\n#00:00:09-9# I: ja\n"
WORDS = "9.614-9.773: hallo\n9.8-10.1: daar.\n12.0-12.5: ja\n"
HTML = """<!DOCTYPE HTML><html><body><p>titel</p><p>
<a name="ts_100_2000_S01">S01: <span>[00:00:00]</span> Goede avond &amp; meer</a>
<a name="ts_2000_3000_//S00"> //S00: ja</a>
<a name="ts_3000_4000_S01">// dus</a><a name="ts_4000_16000_S01"> (12 seconds pause)</a></p></body></html>
"""
WHISPERX = {
    "segments": [
        {
            "start": 0.5,
            "end": 2.25,
            "text": " Goedenavond 2026.",
            "speaker": "SPEAKER_00",
            "words": [{"word": "Goedenavond", "start": 0.5, "end": 1.0}, {"word": "2026."}],
        },
        {"start": 3, "end": 4.5, "text": " Dag allemaal hier", "words": []},
        {"start": 5, "end": None, "text": ""},
        {"end": 5, "text": "nergens"},
    ],
    "word_segments": [{"word": "Goedenavond", "start": 0.5, "end": 1.0}],
}
WHISPER_CPP = {"transcription": [{"offsets": {"from": 0, "to": 4210}, "text": " Goedenavond allemaal."}]}
AMBERSCRIPT_JSON = {
    "speakers": [{"spkid": "spk1", "name": "Ria"}, {"spkid": "spk2", "name": "Tom"}],
    "segments": [
        {
            "speaker": "spk1",
            "words": [{"start": 1.5, "end": 1.9, "text": "Goeden"}, {"start": 2, "end": 2.5, "text": "avond."}],
        },
        {"speaker": "spk2", "words": [{"start": 3, "end": 3.25, "text": "Dag."}]},
    ],
}
REV_JSON = {
    "monologues": [
        {
            "speaker": 0,
            "elements": [
                {"type": "text", "value": "Goedenavond", "ts": 1.5, "end_ts": 1.9},
                {"type": "punct", "value": ", "},
                {"type": "text", "value": "allen", "ts": 2, "end_ts": 2.5},
                {"type": "punct", "value": "."},
            ],
        },
        {"speaker": 1, "elements": [{"type": "text", "value": "Dag", "ts": 3, "end_ts": 3.25}]},
    ]
}
IN_MS = {
    "id": 1,
    "results": {
        "utterances": [
            {"speaker": "A", "start": 1500, "end": 2500, "text": "Goedenavond"},
            {"speaker": "B", "start": "0:00:03", "end": 3300, "text": "Dag"},
        ]
    },
}
MEET = """Groep 3 (2026-02-03 at 19 30 GMT+1) – Transcript

Attendees
Ria de Wit, Tom, Fireflies.ai Notetaker Ria, Ria's Presentation

Summary
Tom: stuurt de brief

Transcript

Ria de Wit: Goedenavond.
Tom: Dag.

00:05:00

Ria de Wit: Wie begint er? Dat is een lange zin.
Tom: Ik wel.

00:10:00

Bo: ja: goed

Meeting ended after 00:12:10 👋
This editable transcript was computer generated and might contain errors.
Tom: stuurt nog iets
"""
TEAMS = """Focusgroep post-20260203_193011-Vergaderingsopname
{date}
Ria de Wit heeft de transcriptie gestart
Ria de Wit   0:04\vGoedenavond allemaal.\vFijn dat u er bent.
Bakker, Tom (Extern)   0:12\vDank u.
Ria de Wit   1:00:03\vTot slot.
Ria de Wit heeft de transcriptie beëindigd"""
NAMED = """# Verslag
**Participants**: a@b.nl, c@d.nl
**Duration**: 11.51 minutes

**Ria**: Goedenavond allemaal.
**Tom**: Dag.
**Ria**: Wie begint?
**Bo**: ik
**Tom**: En ik.
dus
"""
DEEPGRAM = {
    "results": {
        "channels": [
            {
                "alternatives": [
                    {
                        "transcript": "Goedenavond allemaal. Wie begint er? Ik wel.",
                        "words": [{"word": "Goedenavond", "start": 0.5, "end": 1.0}],
                        "paragraphs": {
                            "paragraphs": [
                                {
                                    "speaker": 0,
                                    "start": 0.5,
                                    "sentences": [
                                        {"text": "Goedenavond allemaal.", "start": 0.5, "end": 2.0},
                                        {"text": "Wie begint er?", "start": 2.1, "end": 3.0},
                                    ],
                                },
                                {"speaker": 1, "sentences": [{"text": "Ik wel.", "start": "3.5s", "end": "4.5s"}]},
                            ]
                        },
                    }
                ]
            }
        ]
    }
}
TABBED = "00:00:01\tRia de Wit\tHallo: allemaal\n00:00:05\tTom\tDag\n00:00:09\tTom\tJa hoor\n"
MIXED = """Ria de Wit 00:00:03
Hallo allemaal.

00:00:09 Tom
Dag.

Bo
00:00:12
Ja.

[00:00:15] Ria de Wit: goed
"""
MARKS_IN_BRACKETS = "Een zin van Ria [00:00:03-2]\nNog een [00:00:09-1]\n"
WHISPER_SCREEN = "[00:00.000 --> 00:04.210]  Welkom allemaal.\n[00:04.210 --> 00:06.000]  Dag.\n"
MEET_MARKDOWN = """# Notes

### Summary

Joke: noemde de wachttijd
Ria: vat samen

# Transcript

## Groep 3 \\- Transcript

### 00:00:00 {#00:00:00}
\x20\x20\x20
**Ria:** Goedenavond\x20\x20
**Joke:** Dank u: dag\x20\x20
\x20\x20\x20
### 00:05:00 {#00:05:00}

**Ria:** Volgende vraag

### Transcription ended after 00:09:40

*This editable transcript was computer generated and might contain errors.*
"""
MEET_SHORT = """Groep 3

00:00:00

Ria de Wit: Goedenavond allemaal.
Joke: Dank u: dag.

00:05:12

Ria de Wit: Volgende vraag.

Transcription ended after 00:09:40

This editable transcript was computer generated and might contain errors.
"""
BARS = "Speaker 1 | 00:03\nGoedenavond allemaal.\n\nSpeaker 2 | 00:09\nDag.\n"
