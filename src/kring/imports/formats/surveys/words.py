"""The words in headings of questionnaires that decide where the cells leave it open; folded."""

from __future__ import annotations

import re

from kring.domain.text import folded
from kring.imports.tables.words import known

TIMESTAMPS = known(
    "timestamp, tijdstempel, zeitstempel, horodateur, marca temporal, informazioni cronologiche, "
    "carimbo de data/hora, sygnatura czasowa, tidsstämpel, tidsstempel, aikaleima, отметка времени, "
    "タイムスタンプ, 타임스탬프, 时间戳记, 時間戳記"
)
RECOMMEND = re.compile(
    folded(
        r"\bnps|net ?promot|aanbev|aanraad|aan te raden|aanraden|\bbeve(?:el|elt|len)\b.{1,40}\baan\b"
        r"|\b(?:raadt?|raden)\b.{1,40}\baan\b|recommend|empfehl|empfiehl|recommand|recomend|raccomand|consigli|polec"
        r"|anbefal|rekommend|suosit|推奨|薦め|勧め|추천|推荐"
    )
)
"""How likely somebody would recommend something."""
ZERO_TO_TEN = re.compile(r"\b0\b\D{1,60}\b10\b")
OTHER_SCALE = re.compile(r"\b1\s*(?:[-–—/]|t/?m|tot|to|bis|à|a|through|=)\D{0,40}(\d{1,3})\b")
"""A scale that begins with 1, such as 1-10, and where it ends."""
MARK = re.compile(r"cijfer|\bmark\b|\bgrade\b|\bnote\b|\bschulnote\b")
JUDGEMENT = re.compile(
    r"tevreden|satisf|zufrieden|oordeel|beoordel|\bscore\b|\brating\b|\bkto\b|\bcsat\b|soddisf|satisfe"
)
WHY = re.compile(
    r"\bwaarom|\breden|toelicht|opmerking|verbeter|\bwhy\b|\breason|comment|remark|feedback|improve|\bwarum\b|grund"
    r"|begrundung|bemerkung|pourquoi|raison|remarque|por que|motivo|perche|\bbeter\b|\bbetter\b|explain|in uw eigen"
)
CONTACT = re.compile(
    r"\b(?:ip|ip ?ad\w+|ipaddr|tel\.?|tel ?nr|telefoon\w*|telephone\w*|telefon\w*|phone\w*|mobiel ?nummer|mobiel|mobile"
    r"|mobile (?:number|phone)|gsm|adres|address|anschrift|adresse|straat\w*|street|postcode|postal ?code|zip ?code|plz"
    r"|code postal|woonplaats|wohnort|latitude|longitude|breedtegraad|lengtegraad|breitengrad|langengrad|gps"
    r"|user ?agent|browser|device\w*|apparaat\w*|besturingssysteem|operating system|screen resolution|referr?er|refurl"
    r"|network ?id|netwerk ?id|geb\w*\.? ?datum|date of birth|birth ?date|geburtsdatum|bsn|iban)\b"
)
CONTACT_ALONE = known(
    "plaats, city, town, ville, ort, stad, stadt, gemeente, commune, ciudad, città, locatie, location, lat, lon, lng, "
    "os, zip, handy, portable, resolution"
)
"""Words that are a contact only where they are the whole heading."""
EMAILS = re.compile(r"\be-?mail\w*|\bmail(?:adres|adresse|address)?\b|courriel|correo")
FIRST_NAMES = known("voornaam, first name, firstname, vorname, prénom, given name, roepnaam, nombre")
LAST_NAMES = known("achternaam, last name, lastname, surname, nachname, nom de famille, family name, apellido")
NAMES = known(
    "naam, name, volledige naam, full name, nom, uw naam, your name, deelnemer, naam deelnemer, hoe heet u, "
    "hoe heet je, wie heißen sie"
)
_PEOPLE = (
    "klant|respondent|deelnemer|contact|contactpersoon|client|patient|bezoeker|lid|gebruiker|gebruikers"
    "|user|customer|participant|attendee|visitor|member|voter|kunde|kunden|teilnehmer|benutzer|display|nick"
)
OF_SOMEBODY = re.compile(
    rf"(?:naam|namen|name)[ -]?(?:(?:van|of|der|des)[ -])?(?:(?:de|het|the|uw|your)[ -])?(?:{_PEOPLE})s?"
    rf"|(?:{_PEOPLE})(?:s|'s)?[ -]?(?:naam|name)|contactpersoon|contact person|ansprechpartner"
    r"|(?:naam|name) (?:en|and|und) (?:e-?mail|telefoon|phone|functie|adres)\w*"
)
"""A heading below which who answered is called by name."""
OF_STAFF = re.compile(
    r"(?:account ?manager|(?:naam |name )?(?:(?:van|of) (?:de |the )?)?(?:medewerker|employee|mitarbeiter|adviseur"
    r"|consultant|interviewer|enqueteur|behandelaar|verkoper|monteur|vertegenwoordiger))(?: ?naam| name)?"
)
"""A heading below which somebody else is."""
ASKS_FOR = re.compile(
    r"^(?:(?:wat is|what is|what s|whats|wie ist|quel est|cual es|qual e) )?"
    r"(?:uw|je|jouw|your|ihr|dein|votre|ton|su|tu|il tuo) "
)
"""What stands in front of *naam* where a heading asks for it."""
TOKENS = known("token, toegangscode, access code, zugangscode, uitnodigingscode, code d'accès, uitnodiging")
NUMBERS = known(
    "respondent, respondentnummer, respondent id, respondentid, respondent number, respondentnr, respcode, id, nr, "
    "nummer, number, no, #, antwoord-id, antwort-id, response id, responseid, volgnummer, case, code, "
    "voter, voter id, user id, deelnemersnummer, deelnemerscode, participant id, klantnummer, customer number"
)
COUNTS = known(
    "aantal, aantallen, aantal keer, aantal antwoorden, aantal respondenten, aantal reacties, aantal stemmen, "
    "aantal mensen, aantal personen, frequentie, freq, freq., stemmen, antwoorden, reacties, respondenten, "
    "totaal, percentage, perc, procent, aandeel, count, counts, number of responses, number of respondents, "
    "number of answers, number of votes, frequency, votes, responses, answers, respondents, total, percent, "
    "share, anzahl, anzahl antworten, häufigkeit, stimmen, antworten, prozent, anteil, gesamt, nombre, effectif, "
    "effectifs, fréquence, réponses, pourcentage, voix, nb, nbre, nb de réponses, nombre de réponses, "
    "nombre de votes, nombre de voix, anzahl stimmen, anzahl der antworten, anzahl der stimmen, nennungen, "
    "número, cantidad, frecuencia, respuestas, votos, numero, quantità, conteggio, frequenza, risposte, voti, "
    "keer, keer genoemd, aantal keer genoemd, genoemd, "
    "vermeldingen, mentions, times mentioned, n, n=, %, % van totaal, % of total"
)
"""How often an answer was given, where it is the whole heading."""
AMOUNT = re.compile(
    r"\b(?:leeftijd|age|hoe oud|how old|geboortejaar|year of birth|hoe vaak|how often|hoeveel|how many|how much"
    r"|hoe lang|how long|aantal|number of|postcode|klantnummer|jaartal|year|id|respondent ?(?:id|nr|nummer|number))\b"
)
"""A number that judges nothing."""
NO_ANSWERS = known(
    "n.v.t., n.v.t, nvt, niet van toepassing, n/a, weet niet, weet ik niet, geen antwoord, geen mening, don't know, "
    "dont know, no answer, no opinion, not applicable, keine angabe, k.a., weiß nicht, sans réponse, sans avis, "
    "ne sait pas, -, –, ?"
)
"""What somebody says who gives no mark."""
ASKED = known("vraag, question, poll question, question text, vraagtekst, frage, pregunta, domanda, pergunta")
ANSWERED = known(
    "antwoord, answer, answer text, antwoordtekst, response, antwort, réponse, respuesta, risposta, resposta"
)
OF_THE_TOOL = known("seed, laatste pagina, last page, letzte seite, dernière page, lastpage")
LANGUAGES = known("taal, language, sprache, langue, idioma, lingua, userlanguage, user language, starttaal")
DURATIONS = re.compile(r"^(?:duur|duration|dauer|duree|tijdsduur|interviewtime|interview ?tijd|time taken)\b")
