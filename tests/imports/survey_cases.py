"""Answers to questionnaires as tools and spreadsheets write them, with what kring reads in them."""

from typing import NamedTuple


class Case(NamedTuple):
    """`questions` are `kind heading`; `responses` are values joined by `|`, then `!` = incomplete, `?` = test."""

    text: str
    format: str
    questions: list[str]
    responses: list[str]
    dropped: tuple[str, ...] = ()
    keys: list[dict[str, str]] = []
    skipped: list[int] = []


_IDS = (
    "StartDate,EndDate,Status,IPAddress,Progress,Duration (in seconds),Finished,RecordedDate,ResponseId,"
    "RecipientLastName,RecipientFirstName,RecipientEmail,ExternalReference,LocationLatitude,LocationLongitude,"
    "DistributionChannel,UserLanguage,Q1,Q1_NPS_GROUP,Q2\n"
)
_LABELS = (
    "Begindatum,Einddatum,Antwoordtype,IP-adres,Voortgang,Duur (in seconden),Voltooid,Registratiedatum,Antwoord-id,"
    "Achternaam,Voornaam,E-mail,Externe referentie,Breedtegraad,Lengtegraad,Kanaal,Taal,"
    '"Hoe waarschijnlijk is het dat u\nons aanbeveelt?",'
    "Hoe waarschijnlijk is het dat u ons aanbeveelt? - Groep,Waarom?\n"
)
_IMPORT_IDS = [
    *("startDate", "endDate", "status", "ipAddress", "progress", "duration", "finished", "recordedDate", "_recordId"),
    *("recipientLastName", "recipientFirstName", "recipientEmail", "externalDataReference", "locationLatitude"),
    *("locationLongitude", "distributionChannel", "userLanguage", "QID1", "QID1_NPS_GROUP", "QID2_TEXT"),
]
_QUALTRICS_ROWS = (
    "2026-03-16 09:11:22,2026-03-16 09:15:01,0,192.0.2.1,100,219,1,2026-03-16 09:15:02,R_1AbC,de Vries,Joke,"
    "j@x.example,K17,52.1,5.1,email,NL,10,3,snel\n"
    "2026-03-16 09:20:22,2026-03-16 09:22:01,0,192.0.2.2,40,99,0,2026-03-17 09:22:02,R_2AbC,,,,,52.2,5.2,anonymous,NL,"
    "4,1,\n"
    "2026-03-15 09:20:22,2026-03-15 09:22:01,1,192.0.2.2,100,99,1,2026-03-15 09:22:02,R_3AbC,,,,,52.2,5.2,preview,NL,"
    "5,1,asdf\n"
)
_QUALTRICS_READ = [
    "nps Hoe waarschijnlijk is het dat u ons aanbeveelt?",
    "mark Hoe waarschijnlijk is het dat u ons aanbeveelt? - Groep",
    "open Waarom?",
]

CASES = {
    "qualtrics, three rows": Case(
        _IDS + _LABELS + ",".join('"{""ImportId"":""' + one + '""}"' for one in _IMPORT_IDS) + "\n" + _QUALTRICS_ROWS,
        "qualtrics",
        _QUALTRICS_READ,
        ["10|3|snel", "4|1| !", "5|1|asdf ?"],
        keys=[
            {
                "Antwoord-id": "R_1AbC",
                "Externe referentie": "K17",
                "E-mail": "j@x.example",
                "Voornaam Achternaam": "Joke de Vries",
            },
            {"Antwoord-id": "R_2AbC"},
            {"Antwoord-id": "R_3AbC"},
        ],
        dropped=(
            *("Begindatum", "Einddatum", "Antwoordtype", "IP-adres", "Voortgang", "Duur (in seconden)", "Voltooid"),
            *("Registratiedatum", "Antwoord-id", "Achternaam", "Voornaam", "E-mail", "Externe referentie"),
            *("Breedtegraad", "Lengtegraad", "Kanaal", "Taal"),
        ),
    ),
    "qualtrics, import ids in single quotes": Case(
        _IDS + _LABELS + ",".join("{'ImportId': '" + one + "'}" for one in _IMPORT_IDS) + "\n" + _QUALTRICS_ROWS,
        "qualtrics",
        _QUALTRICS_READ,
        ["10|3|snel", "4|1| !", "5|1|asdf ?"],
    ),
    "qualtrics of old": Case(
        "V1,V2,V3,V4,V5,V6,V7,V8,V9,V10,Q1,Q2,LocationLatitude,LocationLongitude\n"
        "ResponseID,ResponseSet,Name,ExternalDataReference,EmailAddress,IPAddress,Status,StartDate,EndDate,Finished,"
        "Would you recommend us (0 to 10)?,Why?,LocationLatitude,LocationLongitude\n"
        "R_1,Default,An Bak,,a@x.example,192.0.2.1,0,2014-03-16 09:11:22,2014-03-16 09:15:22,1,9,fast,52.1,5.1\n"
        "R_2,Default,Anonymous,,,192.0.2.1,0,2014-03-16 09:11:22,2014-03-16 09:15:22,0,3,,52.1,5.1\n",
        "qualtrics",
        ["nps Would you recommend us (0 to 10)?", "open Why?"],
        ["9|fast", "3| !"],
    ),
    "surveymonkey, two rows": Case(
        "Respondent ID,Collector ID,Start Date,End Date,IP Address,Email Address,First Name,Last Name,Custom Data 1,"
        "Hoe waarschijnlijk is het dat u ons aanbeveelt?,Reden?,Welke kanalen?,,\n"
        ",,,,,,,,,0 = zeer onwaarschijnlijk - 10 = zeer waarschijnlijk,Open-Ended Response,Telefoon,E-mail,Anders\n"
        "118000001,45000,03/16/2026 09:11:22 AM,03/16/2026 09:15:01 AM,203.0.113.7,j@x.example,Joke,de Vries,,"
        '2,wachttijd,Telefoon,,"een\nwinkel"\n'
        "118000002,45000,03/17/2026 09:20:22 AM,03/17/2026 09:22:01 AM,203.0.113.8,,,,,1,,,E-mail,\n",
        "surveymonkey",
        [
            "nps Hoe waarschijnlijk is het dat u ons aanbeveelt?",
            "open Reden?",
            "open Welke kanalen? [Telefoon]",
            "open Welke kanalen? [E-mail]",
            "open Welke kanalen? [Anders]",
        ],
        ["2|wachttijd|Telefoon||een\nwinkel", "1|||E-mail|"],
        keys=[
            {
                "Respondent ID": "118000001",
                "Email Address": "j@x.example",
                "First Name Last Name": "Joke de Vries",
            },
            {"Respondent ID": "118000002"},
        ],
    ),
    "surveymonkey, condensed": Case(
        "Respondent ID,Collector ID,Start Date,End Date,Hoe tevreden? (1-10),Waarom?\n,,,,,\n"
        "118000001,45000,03/16/2026 09:11:22 AM,03/16/2026 09:15:01 AM,7,ja hoor\n"
        "118000002,45000,03/17/2026 09:20:22 AM,03/17/2026 09:22:01 AM,8,\n",
        "surveymonkey",
        ["mark Hoe tevreden? (1-10)", "open Waarom?"],
        ["7|ja hoor", "8|"],
    ),
    "limesurvey, codes, a comma at each end and an empty last line": Case(
        '\ufeff"id","submitdate","lastpage","startlanguage","seed","token","startdate","datestamp","ipaddr","NPS",'
        '"NPSwaarom","KTO[SQ001]","kanaal","kanaal[other]","interviewtime",\n'
        '"1","1980-01-01 00:00:00","3","nl","12345678","abc","2026-03-16 09:11:22","2026-03-16 09:15:01","192.0.2.1",'
        '"7","wachttijd","A4","A1","","219.4",\n'
        '"2","","2","nl","12355678","def","2026-03-16 09:20:22","2026-03-16 09:22:01","192.0.2.2","0","","A1","-oth-",'
        '"app","99.2",\n\n',
        "limesurvey",
        ["nps NPS", "open NPSwaarom", "choice KTO[SQ001]", "choice kanaal", "open kanaal[other]"],
        ["7|wachttijd|A4|A1|", "0||A1|-oth-|app !"],
        keys=[{"id": "1", "token": "abc"}, {"id": "2", "token": "def"}],
    ),
    "limesurvey, headings in Dutch": Case(
        '"Antwoord-ID";"Datum ingestuurd";"Laatste pagina";"Starttaal";"Seed";"Datum gestart";'
        '"Datum laatste actie";"<b>Hoe waarschijnlijk</b> is het dat u ons aanbeveelt? (0&ndash;10)";"Waarom?";'
        '"Wat telt? [Rank 1]";"Wat telt? [Rank 2]"\n'
        '"1";"2026-03-16 09:15:01";"3";"nl";"12345678";"2026-03-16 09:11:22";"2026-03-16 09:15:01";"8";"snel";"prijs";'
        '"gemak"\n'
        '"2";"";"1";"nl";"22345678";"2026-03-18 09:11:22";"2026-03-18 09:15:01";"2";"";"gemak";""\n'
        '"3";"2026-03-19 09:15:01";"3";"nl";"32345678";"2026-03-19 09:11:22";"2026-03-19 09:15:01";"1";"test";"prijs";'
        '"gemak"\n',
        "limesurvey",
        [
            "nps Hoe waarschijnlijk is het dat u ons aanbeveelt? (0–10)",
            "open Waarom?",
            "open Wat telt? [Rank 1]",
            "choice Wat telt? [Rank 2]",
        ],
        ["8|snel|prijs|gemak", "2||gemak| !", "1|test|prijs|gemak ?"],
    ),
    "limesurvey, codes and headings in two rows, German": Case(
        "id;submitdate;lastpage;startlanguage;G1Q1;G1Q2\n"
        "Antwort ID;Datum Abgeschickt;Letzte Seite;Start-Sprache;Würden Sie uns weiterempfehlen? (0 bis 10);Warum?\n"
        "1;2026-03-16 09:15:01;3;de;10;gut\n2;2026-03-17 09:15:01;3;de;6;na ja\n",
        "limesurvey",
        ["nps Würden Sie uns weiterempfehlen? (0 bis 10)", "open Warum?"],
        ["10|gut", "6|na ja"],
    ),
    "google forms in Dutch after Excel": Case(
        "\ufeffTijdstempel;E-mailadres;Zou u ons aanraden?;Geef een oordeel [snelheid];Geef een oordeel [prijs];"
        "Opmerkingen\n"
        '9/13/2026 13:29:55;j@x.example;9;goed;slecht;"fijn; maar duur"\n'
        '9/13/2026 13:29:55;;4;goed;goed;"te lang\r\n"\n'
        "9/14/2026 8:01:02;k@x.example;7;slecht;goed;\n9/14/2026 8:02:02;l@x.example;7;slecht;goed;\n"
        + ";;;;;\n" * 300
        + "Legenda: 1 = slecht;;;;;\n",
        "google-forms",
        [
            "nps Zou u ons aanraden?",
            "choice Geef een oordeel [snelheid]",
            "choice Geef een oordeel [prijs]",
            "open Opmerkingen",
        ],
        ["9|goed|slecht|fijn; maar duur", "4|goed|goed|te lang", "7|slecht|goed|", "7|slecht|goed|"],
        dropped=("Tijdstempel", "E-mailadres"),
        keys=[
            {"E-mailadres": "j@x.example"},
            {},
            {"E-mailadres": "k@x.example"},
            {"E-mailadres": "l@x.example"},
        ],
        skipped=[307],
    ),
    "google forms in English": Case(
        "Timestamp,How was it? (1-5),What could be better?\n2026/03/16 9:11:22 am GMT+1,4,\n"
        "2026/03/16 9:12:22 am GMT+1,5,Nothing\n",
        "google-forms",
        ["mark How was it? (1-5)", "open What could be better?"],
        ["4|", "5|Nothing"],
    ),
    "microsoft forms in Dutch": Case(
        "ID;Begintijd;Tijd van voltooien;E-mail;Naam;Tijd van laatste wijziging;Hoe waarschijnlijk is het dat u ons "
        "aanbeveelt?;Kanalen;Waarom?\n"
        "1;03/16/26 09:11:22;03/16/26 09:15:01;anonymous;;;10 - zeer waarschijnlijk;Telefoon;E-mail;snel\n".replace(
            "Telefoon;E-mail;", '"Telefoon;E-mail;";'
        )
        + '2;03/16/26 09:20:22;03/16/26 09:22:01;anonymous;;;3;"App;";"traag; duur"\n',
        "microsoft-forms",
        ["nps Hoe waarschijnlijk is het dat u ons aanbeveelt?", "open Kanalen", "open Waarom?"],
        ["10|Telefoon; E-mail|snel", "3|App|traag; duur"],
        dropped=("ID", "Begintijd", "Tijd van voltooien", "E-mail"),
        keys=[{"ID": "1"}, {"ID": "2"}],
    ),
    "microsoft forms in English, with names": Case(
        "ID,Start time,Completion time,Email,Name,How likely are you to recommend us?,Why?\n"
        "1,3/16/26 9:11:22,3/16/26 9:15:01,a@x.example,An Bak,7,fast\n",
        "microsoft-forms",
        ["nps How likely are you to recommend us?", "open Why?"],
        ["7|fast"],
        keys=[{"ID": "1", "Email": "a@x.example", "Name": "An Bak"}],
    ),
    "typeform": Case(
        "#,How likely are you to recommend us to a friend?,Why?,Start Date (UTC),Submit Date (UTC),Network ID\n"
        "0a1b2c3d4e5f60718293a4b5c6d7e8f9,8,good / cheap,2026-03-16 09:11:22,2026-03-16 09:15:01,a1b2c3d4e5\n"
        "1a1b2c3d4e5f60718293a4b5c6d7e8f9,6,,2026-03-17 09:11:22,2026-03-17 09:15:01,b1b2c3d4e5\n",
        "typeform",
        ["nps How likely are you to recommend us to a friend?", "open Why?"],
        ["8|good / cheap", "6|"],
        dropped=("#", "Start Date (UTC)", "Submit Date (UTC)", "Network ID"),
    ),
    "a plain table out of Dutch Excel": Case(
        "sep=;\nrespondent;klantgroep;telefoon;NPS;KTO_rapportcijfer;reden;Aanbevelen (1-10)\n"
        "R001;particulier;0612345678;7;6,0;wachttijd;7\nR002;zakelijk;;9;8,5;;8\nR003;particulier;0612345679;0;10,0;prijs;9\n"
        "R004;particulier;;10;7,0;wachttijd;1\nR005;zakelijk;;8;7,0;wachttijd;10\nGemiddeld;;;6,8;7,7;;\n",
        "survey",
        ["choice klantgroep", "nps NPS", "mark KTO_rapportcijfer", "open reden", "mark Aanbevelen (1-10)"],
        [
            "particulier|7|6|wachttijd|7",
            "zakelijk|9|8.5||8",
            "particulier|0|10|prijs|9",
            "particulier|10|7|wachttijd|1",
            "zakelijk|8|7|wachttijd|10",
        ],
        dropped=("respondent", "telefoon"),
        keys=[{"respondent": f"R00{number}"} for number in range(1, 6)],
        skipped=[8],
    ),
    "a plain table under a title": Case(
        "Klanttevredenheid 2026;;;\nVeldwerk: maart;;;\n;;;\nNaam;Cijfer;Beveelt u ons aan? (0-10);Toelichting\n"
        "An;7;3;te duur\nBo;8;9;prima\n",
        "survey",
        ["mark Cijfer", "nps Beveelt u ons aan? (0-10)", "open Toelichting"],
        ["7|3|te duur", "8|9|prima"],
        keys=[{"Naam": "An"}, {"Naam": "Bo"}],
    ),
    "a plain table with codes over its headings": Case(
        "resp;q1;q2\nRespondent;Beveelt u ons aan?;Waarom?\n1;9;goed\n2;3;duur\n",
        "survey",
        ["nps Beveelt u ons aan?", "open Waarom?"],
        ["9|goed", "3|duur"],
        keys=[{"Respondent": "1"}, {"Respondent": "2"}],
    ),
    "typeform of today": Case(
        "#,Would you recommend us?,Why?,Response Type,Start Date (UTC),Stage Date (UTC),Submit Date (UTC),Network ID,"
        "Tags,Ending\n"
        "0a1b2c3d4e5f60718293a4b5c6d7e8f9,8,good,completed,2026-03-16 09:11:22,,2026-03-16 09:15:01,a1b2c3d4e5,,e1\n"
        "1a1b2c3d4e5f60718293a4b5c6d7e8f9,6,,partial,2026-03-17 09:11:22,,2026-03-17 09:15:01,b1b2c3d4e5,,e1\n",
        "typeform",
        ["nps Would you recommend us?", "open Why?"],
        ["8|good", "6| !"],
    ),
    "a plain table whose rows are counted": Case(
        "resp;NPS;reden;;\n1;7;goed;;\n2;8;;;\n3;9;top;;\n",
        "survey",
        ["nps NPS", "open reden"],
        ["7|goed", "8|", "9|top"],
        keys=[{"resp": "1"}, {"resp": "2"}, {"resp": "3"}],
    ),
    "limesurvey without its first columns": Case(
        "lastpage,startlanguage,startdate,datestamp,NPS,waarom\n"
        "3,nl,2026-03-16 09:11:22,2026-03-16 09:15:01,7,goed\n2,nl,2026-03-16 09:20:22,2026-03-16 09:22:01,9,\n",
        "limesurvey",
        ["nps NPS", "open waarom"],
        ["7|goed", "9|"],
    ),
    "qualtrics of old without addresses": Case(
        "V1,V3,V7,V8,V9,V10,Q1\nResponseID,Name,Status,StartDate,EndDate,Finished,Would you recommend us?\n"
        "R_1,An,0,2014-03-16 09:11:22,2014-03-16 09:15:22,1,9\n",
        "qualtrics",
        ["nps Would you recommend us?"],
        ["9"],
        keys=[{"ResponseID": "R_1", "Name": "An"}],
    ),
    "typeform without its first column": Case(
        "Would you recommend us?,Why?,Start Date (UTC),Submit Date (UTC)\n"
        "8,good,2026-03-16 09:11:22,2026-03-16 09:15:01\n6,,2026-03-17 09:11:22,2026-03-17 09:15:01\n",
        "survey",
        ["nps Would you recommend us?", "open Why?"],
        ["8|good", "6|"],
    ),
    "a plain table with its sums below": Case(
        "Naam;Cijfer;NPS;Opmerking\nAn;7,5;8;goed\nBo;6;9;\nCe;8;10;gemiddeld\nTotaal;21,5;27;\n"
        "Gemiddeld rapportcijfer;7,2;;\n",
        "survey",
        ["mark Cijfer", "nps NPS", "open Opmerking"],
        ["7.5|8|goed", "6|9|", "8|10|gemiddeld"],
        skipped=[5, 6],
    ),
    "an average is what people answered": Case(
        "Hoe vindt u ons?;NPS\nGoed;8\nGemiddeld;6\nGoed;9\nGemiddeld;5\n",
        "survey",
        ["choice Hoe vindt u ons?", "nps NPS"],
        ["Goed|8", "Gemiddeld|6", "Goed|9", "Gemiddeld|5"],
    ),
}
