"""The sample evening with what platforms made of it: chat, transcript, attendance, poll, survey and a picture."""

from __future__ import annotations

import base64
from pathlib import Path

from kring.cli.main import main

DAY = "2026-12-03"
CHAT = f"""{DAY} 19:40:02 From Fatima to Everyone:
\tik kan u niet goed verstaan
\t
Kees, Noor:👍
{DAY} 19:40:30 From Kees to Everyone:
\tReplying to "ik kan u niet goed ve...":
\t
\tik wel
\t
"""
TRANSCRIPT = """WEBVTT

00:06:00.000 --> 00:06:04.000
<v Fatima>Ik spaar al jaren.</v>

00:06:05.000 --> 00:06:09.000
<v Kees>Ik ben ermee gestopt.</v>
"""
ATTENDANCE = "\n".join((
    "1. Summary",
    "Meeting title\tFocusgroep",
    "Start time\t12/3/26, 7:15:00 PM",
    "",
    "2. Participants",
    "Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tRole",
    "Fatima\t12/3/26, 7:20:00 PM\t12/3/26, 9:00:00 PM\t1h 40m\t\tAttendee",
    "Kees\t12/3/26, 7:21:00 PM\t12/3/26, 9:00:00 PM\t1h 39m\t\tAttendee",
    "",
    "3. In-Meeting Activities",
    "Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole",
    "Fatima\t12/3/26, 7:20:00 PM\t12/3/26, 9:00:00 PM\t1h 40m\t\tAttendee",
    "Kees\t12/3/26, 7:21:00 PM\t12/3/26, 9:00:00 PM\t1h 39m\t\tAttendee",
    "",
    "4. Engagement",
    "Name\tEngagement Type\tTime",
    "Kees\tRaised hand\t12/3/26, 7:50:00 PM",
))  # fmt: skip
POLL = f"""Poll Report
#,User Name,User Email,Submitted Date/Time,
1,Fatima,,{DAY} 20:10:00,Which one would you take?,The first
2,Kees,,{DAY} 20:10:04,Which one would you take?,The second
"""
SURVEY = """Timestamp,How likely are you to recommend us? (0-10),What could be better?
2026/11/20 9:00:00 AM GMT+1,9,the waiting
2026/11/21 9:00:00 AM GMT+1,4,the price
2026/11/22 9:00:00 AM GMT+1,7,nothing
"""
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII="
)


def enrich(session: Path) -> None:
    """Bring a file of each kind into a session, as `kring import` does."""
    files = {
        "meeting_saved_new_chat.txt": CHAT.encode(),
        "transcript.vtt": TRANSCRIPT.encode(),
        "attendance.csv": ATTENDANCE.encode("utf-16"),
        "poll.csv": POLL.encode(),
        "survey.csv": SURVEY.encode(),
        "board.png": PICTURE,
    }
    for name, content in files.items():
        file = session.with_name(name)
        file.write_bytes(content)
        assert main(["import", str(session), str(file), "--yes"]) == 0, name
