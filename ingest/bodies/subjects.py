"""Which body a sentence says something of."""

import re
from collections.abc import Iterable

from ingest.bodies import powers
from ingest.bodies.names import COMMUNITY, OUTSIDE, Mention
from ingest.passages import Passage

GENERIC = re.compile(
    r"(?:(?:Hvert|Kvart|Hver|Kvar)\s\w+|Utvalg(?:et|ene|a)|Utval(?:et|a|ga)|Råd(?:et|ene|a)|Møtet|"
    r"Organet|Grupp(?:a|en|ene)|Forumet|Nemnda|Det|De|Dei|Den|Han|Ho|"
    r"Komit\w+)\b"
)
ARTICLE = re.compile(r"(?:(?:De|Det|Den|Dei|Hvert|Kvart|Hver|Kvar|Et|Eit|Ein|En|Felles)\s)?", re.IGNORECASE)
FINITE_AFTER = re.compile(
    r"(?:\s\([^)]*\))?(?:\s(?:og|i|for)\s[\wæøå ]{3,40}?)?\s(?:skal|kan|må|bør|har|får|rapporterer|"
    r"møtes|møtest|består)\b"
)
LOST_LETTER = re.compile(r"[a-zæøå]\.\s+(?=\S)")
FINITE_BEFORE = re.compile(r"\b(?:skal|kan|må|bør|har|vil)\s(?:de[nti]?\s)?$", re.IGNORECASE)


def subjects(text: str, named: Iterable[Mention]) -> tuple[list[str], int | None]:
    """The bodies that a sentence says something of, and where its subject ends."""
    found: list[str] = []
    end: int | None = None
    for mention in named:
        before = text[: mention.start]
        opens = ARTICLE.fullmatch(before) is not None
        joins = end is not None and powers.BESIDE.fullmatch(text, end, mention.start) is not None
        inverted = FINITE_BEFORE.search(before) is not None and not text[mention.end :].startswith("-")
        clause = FINITE_AFTER.match(text, mention.end) is not None and re.search(
            r"(?:^|,\s|\bog\s|\sat\s)(?:de[nti]?\s)?$", before
        )
        if text[mention.end : mention.end + 1] == "-" or text[mention.start : mention.end].endswith("ets"):
            continue
        if opens or joins or inverted or clause:
            if mention.kind not in OUTSIDE and mention.slug not in found:
                found.append(mention.slug)
            end = mention.end
    if end is None:
        community = next((m for m in named if m.kind == COMMUNITY), None)
        if community and re.search(r"utgjør til ?sammen\s$|utgjer til ?saman\s$", text[: community.start]):
            return [COMMUNITY], community.end
    bracket = re.match(r"\s\([^)]*\)|\si\s[A-ZÆØÅ]\w+", text[end:]) if end is not None else None
    return found, end + bracket.end() if end is not None and bracket else end


def blanked(text: str, named: Iterable[Mention]) -> str:
    """The sentence without the names in it, so that "partnerskapsmøte" is no meeting of another body."""
    for mention in named:
        text = text[: mention.start] + "·" * (mention.end - mention.start) + text[mention.end :]
    return text


def unmarked(passage: Passage) -> Passage:
    """A list item without a letter that the structure took for its first word: "a. vedta årsplan"."""
    mark = LOST_LETTER.match(passage.text)
    return passage._replace(start=passage.start + mark.end(), text=passage.text[mark.end() :]) if mark else passage
