"""The lines of meeting papers, and what each opens: a meeting, a case, a decision, a list of those who came."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.meetings.record import MeetingKind, Outcome, Presence

NUMBER = r"(?:(?:19|20)\d\d\s?[./-]\s?\d{1,3}|\d{1,3}\s?[/-]\s?(?:20)?\d\d)(?![\d/]|\.\d)"
CASE = re.compile(
    rf"\W{{0,3}}(?:(?P<word>(?:Sak|Saks?nr|SAK|PS|RS|FO|OS|DS|V-sak|O-sak|"
    rf"D-sak)\.?:?\s*(?:nr\.?:?\s*)?)(?P<named>{NUMBER}|\d{{1,3}}(?=[\s:.–-]|$))"
    rf"|(?P<bare>(?:19|20)\d\d[./]\s?\d{{1,3}}(?![\d/]|\.\d)|\d{{1,3}}/(?:20)?\d\d(?![\d/]|\.\d)))"
    r"\s*(?:[:.–-]\s*)?(?P<title>\S.*)?$"
)
CASE_IN_TEXT = re.compile(
    rf"\b(?:sak(?:en|a)?|saks?nr\.?|jf\.|jfr\.)\s(?:sak\s)?(?:nr\.?\s)?(?P<number>{NUMBER})", re.IGNORECASE
)
MINUTES = re.compile(r"\W*(?:utkast til )?(?:møte)?(?:referat|protokoll|bok|utskrift)\b(?!ene|ane)", re.IGNORECASE)
SUMMONS = re.compile(
    r"\W*(?:tema:?\s)?(?:møte)?innkalling(?!en)\b(?! og (?:dagsorden|saks?liste) (?:god|er|vert|blir|ble))",
    re.IGNORECASE,
)
AGENDA = re.compile(r"\W*(?:saks?liste|dagsorden|saksoversikt|saksnr\.?)\b", re.IGNORECASE)
META = re.compile(
    r"\W*(?:dato|tid|stad|sted|møtedato|møtested|møtestad|møtetid|tidspunkt|deltakere|deltakarar|"
    r"deltagere|til stede|til stades|møtte|"
    r"fr[ae]mmøt\w+|(?:desse|disse|følgende|følgjande) (?:\w+ ){0,3}møtte|møteleder|møteleiar|saksnr|møterom)\b",
    re.IGNORECASE,
)
PAPER = re.compile(
    r"\W*(?:saks?fr[ae]mlegg|saks?fr[ae]mstilling|sakspapir\w*|saksdokument\w*|saksutgreiing til|saksutredning til)\b",
    re.IGNORECASE,
)
ATTACHMENTS = re.compile(r"\W*(?:\d{1,2}\s)?vedlegg\W*$", re.IGNORECASE)
PLAN = re.compile(r"\W*(?:møteplan|møtekalender|møtedatoer|møtedatoar|plan for møter?)\b.{0,40}$", re.IGNORECASE)

DECIDED = re.compile(
    r"\W*(?:(?P<proposed>(?:\w+s )?(?:forslag|framlegg|innstilling|tilråding|tilrådning|"
    r"anbefaling)(?: til (?:\w+ )?(?:vedtak|beslutning|konklusjon|"
    r"innstilling|uttalelse|avgjerd|tilråding))?)|(?P<adopted>(?:enstemmig |samrøystes |samrøystes |"
    r"endelig |endeleg |\w+s )?(?:konklusjon|vedtak|beslutning|avgjerd)"
    r"(?:/(?:konklusjon|vedtak|beslutning|oppfølging))?))\s*(?P<stop>:|$)\s*(?P<rest>.*)$",
    re.IGNORECASE,
)
POINT = re.compile(r"(?P<number>\d{1,2}|[a-zæøå])[.)]\s+(?=\S)")
BULLET = re.compile(r"(?:[•●○▪■–—*-]|[\uE000-\uF8FF]|o(?=\s))\s*(?=\S)")
OTHER_LABEL = re.compile(
    r"\W*(?:vedlegg|bakgrunn|saksutgreiing|saksutredning|saksopplysning\w*|vurdering\w*|oppfølging|"
    r"ansvar\w*|frist|merknad\w*|avstemning|røysting|behandling|"
    r"handsaming|votering|type sak|sakstype|neste møte)\s*:",
    re.IGNORECASE,
)

TYPES = {
    "beslutning": r"beslutning(?:ssak)?|vedtak(?:ssak)?|avgjerd(?:ssak)?|til (?:beslutning|vedtak|avgjerd)",
    "diskusjon": r"diskusjon(?:ssak)?|drøfting(?:ssak)?|drøftelse|til (?:diskusjon|drøfting)",
    "orientering": r"orientering(?:ssak)?|informasjon(?:ssak)?|til (?:orientering|informasjon)",
    "referat": r"referatsak|meldingssak|meldingar|til referat",
}
TYPE = re.compile("|".join(rf"(?P<{name}>\b(?:{words})\b)" for name, words in TYPES.items()), re.IGNORECASE)
TYPE_LABEL = re.compile(r"\W*(?:type sak|sakstype(?:/status)?|saktype)\b\s*:?\s*", re.IGNORECASE)

PRESENCE: dict[Presence, "re.Pattern[str]"] = {
    "absent": re.compile(r"\W*(?:meldt |meld )?(?:forfall|fravær\w*|fråvær\w*|ikke møtt)\b", re.IGNORECASE),
    "observer": re.compile(r"\W*observatør(?:er|ar)?\b", re.IGNORECASE),
    "secretariat": re.compile(r"\W*(?:fra |frå )?sekretariat(?:et)?\b", re.IGNORECASE),
    "guest": re.compile(r"\W*(?:innledere|innleiarar|gjester|gjestar|inviterte)\b", re.IGNORECASE),
    "present": re.compile(
        r"\W*(?:deltakere|deltakarar|deltagere|til stede|til stades|(?:desse|disse|følgende|"
        r"følgjande) (?:\w+ ){0,3}møtte|møtte|fr[ae]mmøtte|møtende|medlemmer til stede)\b",
        re.IGNORECASE,
    ),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line at start to end of the flow; `heads` tells that the document's structure has a heading there."""

    start: int
    end: int
    text: str
    heads: bool = False


def lines(text: str) -> Iterator[tuple[int, int, str]]:
    """The lines of a flow that have words on them.

    >>> list(lines("Sak 1\\n \\nVedtak"))
    [(0, 5, 'Sak 1'), (8, 14, 'Vedtak')]
    """
    position = 0
    for line in text.split("\n"):
        words = line.strip()
        if words:
            start = position + line.index(words[0])
            yield start, start + len(words), words
        position += len(line) + 1


def opens_meeting(line: str) -> MeetingKind | None:
    """What a line that stands at the head of a meeting's papers says they are.

    >>> opens_meeting("PROTOKOLL FRÅ MØTE I SSU"), opens_meeting("Innkalling og dagsorden godkjennes")
    ('minutes', None)
    """
    if len(line) > 120 or line.endswith("."):
        return None
    if MINUTES.match(line):
        return "minutes"
    return "summons" if SUMMONS.match(line) else None


def case_number(line: str) -> "re.Match[str] | None":
    """The number a case opens with; the match has `named` or `bare`, and `title`.

    >>> case_number("Sak 12/23: Godkjenning")["named"], case_number("2022. 31 Rekruttering")["bare"]
    ('12/23', '2022. 31')
    >>> case_number("Saken tas opp igjen")
    """
    found = CASE.match(line)
    if not found or (found["bare"] and found["title"] and not found["title"][0].isupper()):
        return None
    # "14/3 Møte": a date, not the third case of the fourteenth year.
    if found["bare"] and re.fullmatch(r"\d{1,2}/0?[1-9]", found["bare"]):
        return None
    return (
        None
        if found["word"]
        and found["title"]
        and re.match(r"(?:utgår|utgikk|ble|vart|er|vert|blir|tas|og)\b", found["title"])
        else found
    )


def plain_number(number: str) -> str:
    """A case number without blanks.

    >>> plain_number("2022. 31")
    '2022.31'
    """
    return "".join(number.split())


def full_number(found: "re.Match[str]") -> str:
    """The number of a case as its body counts, with the letters of its row when there are several.

    >>> full_number(case_number("RS 1/24 Beredskap")), full_number(case_number("Sak 1/24 Beredskap"))
    ('RS 1/24', '1/24')
    """
    row = (found["word"] or "").strip(" .:")
    number = plain_number(found["named"] or found["bare"])
    return f"{row} {number}" if row.isupper() and row != "SAK" else number


def case_types(line: str) -> list[tuple[int, int, str]]:
    """The types of case that a line of its own names; none for other lines.

    >>> case_types("Type sak: Vedtakssak"), case_types("Orientering om planene")
    ([(10, 20, 'beslutning')], [])
    """
    label = TYPE_LABEL.match(line)
    position = label.end() if label and label.end() else 0
    found: list[tuple[int, int, str]] = []
    while match := TYPE.match(line, position):
        found.append((match.start(), match.end(), str(match.lastgroup)))
        gap = re.compile(r"\s?(?:/|,|og|-)\s?").match(line, match.end())
        position = gap.end() if gap else match.end()
    if not found or (line[position:].strip(" .") and not label):
        return []
    return found


def decision(line: str) -> tuple[Outcome, int] | None:
    """What a heading over decisions says of them, and where the words after it begin.

    >>> decision("Framlegg til vedtak:"), decision("Konklusjon: Planen vedtas"), decision("Vedtaket følges opp")
    (('proposed', 20), ('adopted', 12), None)
    """
    found = DECIDED.match(line)
    if not found or (not found["stop"] and found["rest"]):
        return None
    if found["proposed"]:
        if not found["stop"] and " til " not in found["proposed"]:
            return None
        return "proposed", found.start("rest")
    return "adopted", found.start("rest")


def presence(line: str) -> Presence | None:
    """Whom a list that opens with this line holds."""
    return next((name for name, pattern in PRESENCE.items() if pattern.match(line)), None)
