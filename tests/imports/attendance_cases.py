"""Lists of who was there, as platforms write them in several countries, with what kring reads in them."""

from datetime import date
from typing import NamedTuple


class Case(NamedTuple):
    text: str
    format: str
    stays: list[str]
    skipped: list[int] = []
    day: date | None = None
    dropped: tuple[str, ...] | None = None


CASES = {
    "zoom of 2021, one row per join": Case(
        "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,Recording Consent\n"
        "01_Jo (Jo Bakker),jo@x.example,11/19/2021 09:54:15 AM,11/19/2021 12:01:59 PM,128,Yes,Y\n"
        "02_Al,al@x.example,11/19/2021 10:07:44 AM,11/19/2021 10:17:44 AM,10,No,NA\n"
        "02_Al,al@x.example,11/19/2021 10:17:46 AM,11/19/2021 11:17:46 AM,60,No,Y\n",
        "zoom-participants",
        [
            "01_Jo (Jo Bakker) 19-11 09:54:15 19-11 12:01:59",
            "02_Al 19-11 10:07:44 19-11 10:17:44",
            "02_Al 19-11 10:17:46 19-11 11:17:46",
        ],
        dropped=("User Email", "Guest", "Recording Consent"),
    ),
    "zoom with its head, waiting room, and a row of another country": Case(
        "\ufeffTopic,ID,Host name,Host email,Start time,End time,Participants,Duration (minutes)\n"
        "Loyaliteit,812 0000 7890,Els,els@x.example,16/03/2026 18:55:02,16/03/2026 20:34:10,9,100\n\n"
        "Name (original name),Email,Join time,Leave time,Duration (minutes),Guest,In waiting room\n"
        '"Vries, Joke de",,16/03/2026 18:58:11,16/03/2026 18:59:01,1,Yes,Yes\n'
        '"Vries, Joke de",,16/03/2026 18:59:02,16/03/2026 20:30:00,91,Yes,No\n'
        "Ahmed,,16/03/2026 19:01:00,16/03/2026 19:31:00,30,Yes,No\n"
        "iPad,,03/16/2026 07:05:00 PM,03/16/2026 08:34:00 PM,89,Yes,No\n",
        "zoom-participants",
        [
            "Vries, Joke de 16-03 18:58:11 16-03 18:59:01 waiting",
            "Vries, Joke de 16-03 18:59:02 16-03 20:30:00",
            "Ahmed 16-03 19:01:00 16-03 19:31:00",
            "iPad 16-03 19:05:00 16-03 20:34:00",
        ],
        dropped=("Guest",),
    ),
    "zoom with a head that no blank line parts": Case(
        "Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants,\n"
        "81,Thema,24/09/2026 11:35:16,24/09/2026 12:49:20,a@x.example,75,2,\n"
        "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),\n"
        "Els,,24/09/2026 11:36:00,24/09/2026 12:36:00,60,\n",
        "zoom-participants",
        ["Els 24-09 11:36:00 24-09 12:36:00"],
    ),
    "zoom, each person once": Case(
        "Name (original name),Email,Total duration (minutes),Guest\nAn,a@x.example,75,No\nBea's iPad,,57,Yes\n",
        "zoom-participants",
        ["An - -", "Bea's iPad - -"],
    ),
    "zoom, each person once, below its head": Case(
        "Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants,\n"
        "81,Thema,09/24/2020 11:35:16 AM,09/24/2020 12:49:20 PM,a@x.example,75,170,\n,,,,\n"
        "Name (Original Name),User Email,Total Duration (Minutes),Guest\nAn,a@x.example,75,\nBea,,57,\n",
        "zoom-participants",
        ["An - -", "Bea - -"],
    ),
    "zoom in Japanese, without seconds": Case(
        "名前 (元の名前),ユーザーメール,参加時刻,退出時刻,所要時間（分）\n"  # noqa: RUF001
        "田中（太郎）,a@x.example,2026/12/8 8:35,2026/12/8 9:35,60\n鈴木,,2026/12/8 8:40,2026/12/8 9:35,55\n",  # noqa: RUF001
        "zoom-participants",
        ["田中（太郎） 08-12 08:35:00 08-12 09:35:00", "鈴木 08-12 08:40:00 08-12 09:35:00"],  # noqa: RUF001
    ),
    "zoom in Korean, where the waiting room is the last of two flags": Case(
        "이름(원래 이름),사용자 이메일,참가 시간,나간 시간,기간(분),게스트,대기실\n"
        "가,,2026/02/15 06:55:16 PM,2026/02/15 06:57:16 PM,2,예,예\n"
        "가,,2026/02/15 06:57:17 PM,2026/02/15 08:57:17 PM,120,예,아니요\n"
        "나,,2026/02/15 06:58:00 PM,2026/02/15 07:01:00 PM,3,아니요,예\n",
        "zoom-participants",
        [
            "가 15-02 18:55:16 15-02 18:57:16 waiting",
            "가 15-02 18:57:17 15-02 20:57:17",
            "나 15-02 18:58:00 15-02 19:01:00 waiting",
        ],
    ),
    "a waiting room in a language that kring does not know": Case(
        "Nimi (alkup.),Email,Alku,Loppu,Kesto (min),Vieras,Xyzzy\n"
        + "".join(
            f"N{n},,16/03/2026 18:50:{n:02},16/03/2026 18:55:{n:02},5,ee,qu\n"
            f"N{n},,16/03/2026 18:55:{n + 1:02},16/03/2026 20:25:{n + 1:02},90,ee,zo\n"
            for n in range(4)
        ),
        "zoom-participants",
        [
            line
            for n in range(4)
            for line in (
                f"N{n} 16-03 18:50:{n:02} 16-03 18:55:{n:02} waiting",
                f"N{n} 16-03 18:55:{n + 1:02} 16-03 20:25:{n + 1:02}",
            )
        ],
    ),
    "a webinar": Case(
        "Attendee Report\nReport Generated:,05/27/2026 08:00\n"
        "Topic,Webinar ID,Actual Start Time,Actual Duration (minutes),# Registered,# Cancelled\n"
        'Talk,81,"May 26, 2026 11:00:00",95,3,0\nHost Details\n'
        "Attended,User Name (Original Name),Email,Join Time,Leave Time,Time in Session (minutes),Is Guest,Country\n"
        'Yes,Els,e@x.example,"May 26, 2026 10:55:00","May 26, 2026 12:35:00",100,No,NL\n'
        "Panelist Details\n"
        "Attended,User Name (Original Name),Email,Join Time,Leave Time,Time in Session (minutes),Is Guest,Country\n"
        'Yes,Bo,b@x.example,"May 26, 2026 10:56:00","May 26, 2026 12:36:00",100,No,NL\n'
        "Attendee Details\n"
        "Attended,User Name (Original Name),First Name,Last Name,Email,Phone,Registration Time,Approval Status,"
        "Join Time,Leave Time,Time in Session (minutes),Is Guest,Country/Region Name\n"
        'Yes,Jo Bak,Jo,Bak,j@x.example,0612345678,"May 26, 2026 10:01:02",approved,"May 26, 2026 11:00:00",'
        '"May 26, 2026 11:30:00",30,Yes,NL\n'
        'Yes,Jo Bak,,,j@x.example,,,,"May 26, 2026 11:40:00","May 26, 2026 12:30:00",50,Yes,NL\n'
        'No,Al Cas,Al,Cas,a@x.example,,"May 20, 2026 09:00:00",approved,--,--,--,--,--\n',
        "zoom-participants",
        [
            "Els 26-05 10:55:00 26-05 12:35:00",
            "Bo 26-05 10:56:00 26-05 12:36:00",
            "Jo Bak 26-05 11:00:00 26-05 11:30:00",
            "Jo Bak 26-05 11:40:00 26-05 12:30:00",
        ],
        skipped=[15],
    ),
    "teams with three sections, tabs at the end of each row": Case(
        "1. Samenvatting\t\t\t\t\t\nTitel\tGroep 1\t\t\t\t\nDeelnemers\t2\t\t\t\t\n"
        "Begin\t14-11-22 09:29:07\t\t\t\t\n\t\t\t\t\t\n"
        "2. Deelnemers\t\t\t\t\t\nNaam\tEerst\tLaatst\tDuur\tE-mail\tRol\n"
        "Jansen Jan (EXT)\t14-11-22 09:30:46\t14-11-22 09:50:12\t19m 26s\tj@x.example\tOrganisator\n"
        "García, Pedro\t14-11-22 09:31:00\t14-11-22 09:50:00\t10m\tp@x.example\tPresentator\n"
        "Wie Belt\t14-11-22 09:31:00\t14-11-22 09:50:00\t19m\t\tDeelnemer\n\t\t\t\t\t\n"
        "3. Activiteiten\t\t\t\t\t\nNaam\tBij\tWeg\tDuur\tE-mail\tRol\n"
        "Jansen Jan (EXT)\t14-11-22 09:30:46\t14-11-22 09:50:12\t19m 26s\tj@x.example\tOrganisator\n"
        "García, Pedro\t14-11-22 09:31:00\t14-11-22 09:36:00\t5m\tp@x.example\tPresentator\n"
        "García, Pedro\t14-11-22 09:45:00\t14-11-22 09:50:00\t5m\tp@x.example\tPresentator\n",
        "teams-attendance",
        [
            "Wie Belt 14-11 09:31:00 14-11 09:50:00",
            "Jansen Jan (EXT) 14-11 09:30:46 14-11 09:50:12",
            "García, Pedro 14-11 09:31:00 14-11 09:36:00",
            "García, Pedro 14-11 09:45:00 14-11 09:50:00",
        ],
        dropped=("E-mail",),
    ),
    "teams of 2021, without sections": Case(
        "Meeting Summary\nTotal Number of Participants\t2\nMeeting Title\tGroep 1\n"
        "Meeting Start Time\t3/16/2026, 6:55:02 PM\n"
        "Meeting End Time\t3/16/2026, 8:34:00 PM\n\nFull Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole\n"
        "An\t3/16/2026, 6:58:02 PM\t3/16/2026, 8:30:02 PM\t1h 32m\ta@x.example\tOrganizer\n"
        "Bo\t3/16/2026, 6:59:00 PM\t3/16/2026, 6:59:22 PM\t22s\tb@x.example\tAttendee\n",
        "teams-attendance",
        ["An 16-03 18:58:02 16-03 20:30:02", "Bo 16-03 18:59:00 16-03 18:59:22"],
    ),
    "teams in French, a word between day and time": Case(
        "* Résumé de la réunion\nNombre total de participants\t2\nTitre\tGroupe\nDébut\t13/04/2026 à 08:55:00\n\n"
        "Nom complet\tHeure d’arrivée\tHeure de départ\tDurée\tE-mail\tRôle\n"
        "Zoé\t13/04/2026 à 09:01:31\t13/04/2026 à 11:45:31\t2\u00a0h\u00a044\u00a0m\tz@x.example\tOrganisateur\n"
        "Léo\t13/04/2026 à 09:02:00\t13/04/2026 à 09:03:40\t1\u00a0m\u00a040\u00a0s\t\tParticipant\n",
        "teams-attendance",
        ["Zoé 13-04 09:01:31 13-04 11:45:31", "Léo 13-04 09:02:00 13-04 09:03:40"],
    ),
    "teams' list of 2020": Case(
        "Full Name\tUser Action\tTimestamp\n"
        "Bo Ek\tJoined\t11/12/2020, 12:27:24\nBo Ek\tLeft\t11/12/2020, 12:45:18\nBo Ek\tJoined\t11/12/2020, 13:45:41\n"
        "An Ek\tJoined before\t11/12/2020, 12:20:00\nAn Ek\tLeft\t11/12/2020, 13:56:48\n"
        "Cas\tJoined\t11/12/2020, 12:28:09\n",
        "teams-attendance",
        [
            "Bo Ek 11-12 12:27:24 11-12 12:45:18",
            "Bo Ek 11-12 13:45:41 -",
            "An Ek - 11-12 13:56:48",
            "Cas 11-12 12:28:09 -",
        ],
        day=date(2020, 12, 11),
    ),
    "teams' list with one person": Case(
        "Vollständiger Name\tBenutzeraktion\tZeitstempel\n"
        "Jörg\tBeigetreten\t16.3.2026, 18:27:24\nJörg\tVerlassen\t16.3.2026, 18:45:18\n",
        "teams-attendance",
        ["Jörg 16-03 18:27:24 16-03 18:45:18"],
    ),
    "teams' list from India": Case(
        "Full Name\tUser Action\tTimestamp\nAsha\tJoined\t2/1/25, 9:04:01 pm\nAsha\tLeft\t2/1/25, 10:04:01 pm\n"
        "Ravi\tJoined\t2/1/25, 9:05:00 pm\n",
        "teams-attendance",
        ["Asha 02-01 21:04:01 02-01 22:04:01", "Ravi 02-01 21:05:00 -"],
        day=date(2025, 1, 2),
    ),
    "teams' list in Portuguese, saved again with semicolons": Case(
        "Nome Completo;Ação do Usuário;Carimbo de Data/Hora\n"
        "João;Entrou;30/03/2026 21:15:48\nJoão;Saiu;30/03/2026 22:15:48\nInês;Entrou;30/03/2026 21:16:00\n",
        "teams-attendance",
        ["João 30-03 21:15:48 30-03 22:15:48", "Inês 30-03 21:16:00 -"],
    ),
    "a live event, in UTC": Case(
        "SessionId,ParticipantId,FullName,UserAgent,UtcEventTimestamp,Action,Role\n"
        "0f8fad5b-d9cb-469f-a165-70867728950e,7c9e6679-7425-40de-944b-e07fc1f90ae7,An Ek,Mozilla/5.0 (X11),"
        "3/16/2026 6:00:05 PM,Joined,Attendee\n"
        "0f8fad5b-d9cb-469f-a165-70867728950e,7c9e6679-7425-40de-944b-e07fc1f90ae7,An Ek,Mozilla/5.0 (X11),"
        "3/16/2026 7:00:05 PM,Left,Attendee\n"
        "1f8fad5b-d9cb-469f-a165-70867728950e,8c9e6679-7425-40de-944b-e07fc1f90ae7,Bo,Mozilla/5.0 (X11),"
        "3/16/2026 6:01:05 PM,Joined,Producer\n",
        "teams-attendance",
        ["An Ek 16-03 18:00:05 16-03 19:00:05", "Bo 16-03 18:01:05 -"],
        dropped=("SessionId", "ParticipantId", "UserAgent", "Role"),
    ),
    "google meet": Case(
        "First name,Last name,Email,Duration,Time joined,Time exited\n"
        "Joke,de Vries,j*****@x.example,1 hr 28 min,6:58 PM,8:30 PM\nAhmed,,,42 min,7:01 PM,8:34 PM\n",
        "meet-attendance",
        ["Joke de Vries 18:58 20:30", "Ahmed 19:01 20:34"],
    ),
    "a list with what stands between the names in a column of its own": Case(
        "Voornaam;Tussenvoegsel;Achternaam;Binnen;Weg\nJan;de;Vries;19:25;21:01\nAns;;Bos;19:30;21:00\n",
        "attendance",
        ["Jan de Vries 19:25 21:01", "Ans Bos 19:30 21:00"],
    ),
    "when each came and for how long, a day in front of the time": Case(
        "Name,First Seen,Time in Call\nJoke,2026-12-03 19:25:10,41 min\nNoor,2026-12-03 19:26,40 min\n",
        "attendance",
        ["Joke 03-12 19:25:10 03-12 20:06:10", "Noor 03-12 19:26:00 03-12 20:06:00"],
    ),
    "when each came and for how long, as a clock": Case(
        "Name,Join,Duration\nJoke,19:25,0:41:00\nNoor,19:26,0:40:00\n",
        "meet-attendance",
        ["Joke 19:25 20:06", "Noor 19:26 20:06"],
    ),
    "a list of names, with what is of others beside them": Case(
        "Naam;Organisatie;Binnen;Weg\nJan Vries;Bureau X en partners;19:25;21:01\nAns Bos;Zelfstandig;19:30;21:00\n",
        "attendance",
        ["Jan Vries 19:25 21:01", "Ans Bos 19:30 21:00"],
        dropped=("Organisatie",),
    ),
    "google meet in Dutch, past midnight": Case(
        "Voornaam;Achternaam;E-mailadres;Duur;Tijd van deelname;Tijd van vertrek\n"
        "Joke;de Vries;j***@x.example;1 uur 28 min.;23:10;00:38\nAhmed;;;42 min.;00:05;00:47\n",
        "meet-attendance",
        ["Joke de Vries 23:10 24:38", "Ahmed 24:05 24:47"],
    ),
    "webex": Case(
        "Meeting Name\tMeeting Start Time\tMeeting End Time\tDisplay Name\tFirst Name\tLast Name\tRole\t"
        "Attendee Email\tJoin Time\tLeave Time\tAttendance Duration\tConnection Type\n"
        'Groep\t="2026-03-16 18:55:00"\t="2026-03-16 20:35:00"\tJo Bak\tJo\tBak\tHost\tj@x.example\t'
        '="2026-03-16 18:56:00"\t="2026-03-16 20:31:00"\t95 mins\tDesktop\n'
        'Groep\t="2026-03-16 18:55:00"\t="2026-03-16 20:35:00"\tAl Cas\tAl\tCas\tAttendee\ta@x.example\t'
        '="2026-03-16 19:00:00"\t="2026-03-16 20:30:00"\t90 mins\tDesktop\n',
        "attendance",
        ["Jo Bak 16-03 18:56:00 16-03 20:31:00", "Al Cas 16-03 19:00:00 16-03 20:30:00"],
    ),
    "rows that cannot be read are said and the rest comes in": Case(
        "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)\n"
        "An,,16/03/2026 18:58:00,16/03/2026 19:58:00,60\n"
        ",,16/03/2026 18:58:00,16/03/2026 19:58:00,60\n"
        "Bo,,16/03/2026 18:58:99,16/03/2026 19:58:00,60\n"
        "Cas,,16/03/2026 19:58:00,16/03/2026 18:58:00,60\n"
        "Dee,,16/03/2026 18:59:00\n"
        "Eef\n"
        "Fem,,16/03/2026 19:00:00,16/03/2026 19:30:00,30\n"
        "Gé,,16/03/2026 19:00:00, 19:30:00,30\n",
        "zoom-participants",
        ["An 16-03 18:58:00 16-03 19:58:00", "Dee 16-03 18:59:00 -", "Fem 16-03 19:00:00 16-03 19:30:00"],
        skipped=[3, 4, 5, 7, 9],
    ),
    "a list of several days": Case(
        "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)\n"
        "Els,,01/03/2026 10:00:00,01/03/2026 10:05:00,5\nAn,,16/03/2026 18:58:00,16/03/2026 19:58:00,60\n"
        "Bo,,16/03/2026 18:59:00,16/03/2026 19:58:00,59\n",
        "zoom-participants",
        ["An 16-03 18:58:00 16-03 19:58:00", "Bo 16-03 18:59:00 16-03 19:58:00"],
        skipped=[2],
        day=date(2026, 3, 16),
    ),
    "a list of several days that all can be two": Case(
        "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)\n"
        "Els,,01/03/2026 10:00:00,01/03/2026 10:05:00,5\nAn,,04/03/2026 18:58:00,04/03/2026 19:58:00,60\n",
        "zoom-participants",
        ["An 04-03 18:58:00 04-03 19:58:00"],
        skipped=[2],
        day=date(2026, 3, 4),
    ),
    "people who joined under their address": Case(
        "Name (original name),Email,Join time,Leave time,Duration (minutes)\n"
        "a@x.example,a@x.example,16/03/2026 18:58:00,16/03/2026 19:58:00,60\n"
        "b@x.example,b@x.example,16/03/2026 18:59:00,16/03/2026 19:58:00,59\n",
        "zoom-participants",
        ["a@x.example 16-03 18:58:00 16-03 19:58:00", "b@x.example 16-03 18:59:00 16-03 19:58:00"],
    ),
    "zoom in German after Excel": Case(
        "Name (Originalname);Benutzer-E-Mail;Beitrittszeit;Verlassenszeit;Dauer (Minuten);Gast;Im Warteraum\n"
        "Jörg;j@x.example;16.03.2026 18:58;16.03.2026 18:59;1;Ja;Ja\n"
        "Jörg;j@x.example;16.03.2026 18:59;16.03.2026 20:30;91;Ja;Nein\n",
        "zoom-participants",
        ["Jörg 16-03 18:58:00 16-03 18:59:00 waiting", "Jörg 16-03 18:59:00 16-03 20:30:00"],
    ),
    "teams of 2020, who was in before and only left": Case(
        "Full Name\tUser Action\tTimestamp\n"
        "An\tLeft\t3/16/2026, 7:10:00 PM\n"
        "Bo\tJoined\t3/16/2026, 7:01:00 PM\n"
        "Bo\tLeft\t3/16/2026, 8:31:00 PM\n"
        "Ce\tJoined\t3/16/2026, 7:02:00 PM\n"
        "Ce\tLeft\t3/16/2026, 8:32:00 PM\n",
        "teams-attendance",
        ["An - 16-03 19:10:00", "Bo 16-03 19:01:00 16-03 20:31:00", "Ce 16-03 19:02:00 16-03 20:32:00"],
    ),
    "teams of 2020 in a language of which no word is known, one stray leaving": Case(
        "A\tB\tC\n"
        "An\tFoo\t3/16/2026, 7:00:00 PM\n"
        "Bo\tFoo\t3/16/2026, 7:01:00 PM\n"
        "Bo\tBar\t3/16/2026, 8:31:00 PM\n"
        "An\tBar\t3/16/2026, 8:31:30 PM\n"
        "Ce\tBar\t3/16/2026, 8:32:00 PM\n",
        "teams-attendance",
        ["An 16-03 19:00:00 16-03 20:31:30", "Bo 16-03 19:01:00 16-03 20:31:00", "Ce - 16-03 20:32:00"],
    ),
    "teams of 2020, nobody who left was seen to come": Case(
        "Volledige naam\tGebruikersactie\tTijdstempel\n"
        "An\tHeeft deelgenomen\t16-3-2026 19:10:00\n"
        "Bo\tHeeft deelgenomen\t16-3-2026 19:11:00\n"
        "Ce\tVerlaten\t16-3-2026 20:32:00\n",
        "teams-attendance",
        ["An 16-03 19:10:00 -", "Bo 16-03 19:11:00 -", "Ce - 16-03 20:32:00"],
    ),
    "zoom, one row of two ends before it begins": Case(
        "Name (original name),Email,Join time,Leave time,Duration (minutes),Guest\n"
        "An,,03/16/2026 07:05:00 PM,03/16/2026 08:34:00 PM,89,Yes\n"
        "Bo,,03/16/2026 08:05:00 PM,03/16/2026 07:34:00 PM,31,Yes\n",
        "zoom-participants",
        ["An 16-03 19:05:00 16-03 20:34:00"],
        skipped=[3],
        dropped=("Guest",),
    ),
    "zoom with its sums below, and nobody who waited": Case(
        "Name (original name),Email,Join time,Leave time,Duration (minutes),In waiting room\n"
        "An,,03/16/2026 07:05:00 PM,03/16/2026 08:34:00 PM,89,No\n"
        "Bo,,03/16/2026 07:05:00 PM,03/16/2026 07:34:00 PM,29,No\n"
        "Total,,03/16/2026 07:05:00 PM,03/16/2026 08:34:00 PM,118,\n"
        "Average time,,,,59,\n",
        "zoom-participants",
        ["An 16-03 19:05:00 16-03 20:34:00", "Bo 16-03 19:05:00 16-03 19:34:00"],
        skipped=[4, 5],
        dropped=(),
    ),
    "times with a point": Case(
        "Naam;Binnen;Weg\nAn;19.17;20.58\nBo;19.20;\nTotaal aantal deelnemers: 2;;\n",
        "attendance",
        ["An 19:17 20:58", "Bo 19:20 -"],
        skipped=[4],
    ),
    "times with a point, with a letter, and none": Case(
        "Lijst\n\nNaam;Binnen;Weg;Opmerking\nAn;19.17;20.58;\nBo;19u20;20:45;moest weg\nCe;niet verschenen;;\n",
        "attendance",
        ["An 19:17 20:58", "Bo 19:20 20:45"],
        skipped=[6],
        dropped=("Opmerking",),
    ),
    "one row the wrong way round, and one past midnight": Case(
        "Naam;Van;Tot\nAn;21:17;23:58\nBo;23:58;21:20\nCe;23:10;0:20\n",
        "attendance",
        ["An 21:17 23:58", "Ce 23:10 24:20"],
        skipped=[3],
    ),
    "times with letters": Case(
        "Naam;Van;Tot\nAn;19h17;20u58\nBo;7:20 PM;8.58 p.m.\n", "attendance", ["An 19:17 20:58", "Bo 19:20 20:58"]
    ),
    "the leaving before the coming, and the name behind them": Case(
        "Leave time,Join time,Name\n20:58,19:17,An\n20:50,19:20,Bo\n",
        "attendance",
        ["An 19:17 20:58", "Bo 19:20 20:50"],
    ),
    "only how long everybody was there": Case(
        "Naam;Duur\nAn;1u 17m\nBo;58 min\nGemiddelde;67,5 min\n", "attendance", ["An - -", "Bo - -"], skipped=[4]
    ),
    "only how long, as a clock": Case("Naam;Aanwezig\nAn;1:17:00\nBo;0:58:00\n", "attendance", ["An - -", "Bo - -"]),
}
