"""What a draft still leaves open: notes of its authors, and blanks to be filled in."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from ingest.clause import Structure
from ingest.cue import cue
from ingest.norms.sentences import sentences

TO_SETTLE = (
    r"(?:(?:avklar|drøft|diskuter|vurder|sjekk|kvalitetssikr|utred|oppdater|omformuler|bearbeid|konkretiser|juster|suppler|"
    r"spiss|slett)(?:es|ast)|klargjøres|klargjerast|strykes|ses på|sjåast på|tas opp|takast opp|kortes ned|"
    r"(?:fyll|skriv|sett)(?:es|ast) (?:ut|inn|om))"
)
ADVERB = r"(?:\s(?:også|òg|ikke|ikkje|nærmere|nærare|videre|vidare|trolig|kanskje|eventuelt|da|her))*"
# A verb without a subject is the author speaking: "Må drøftes videre", not "Fordelingen skal drøftes i utvalget".
NOTE = re.compile(
    rf"\W*(?:(?:må|skal|bør){ADVERB}\s(?:{TO_SETTLE})\b(?=[^.]{{0,40}}(?:$|\.))|"
    r"(?:dette|punktet|teksten|avsnittet|kapittelet|formulering(?:en|a)|setning(?:en|a))\s(?:må|skal|bør)"
    rf"{ADVERB}\s(?:{TO_SETTLE})(?:\s(?:nærmere|nærare|videre|vidare))?\W*$)",
    re.IGNORECASE,
)
REMARK = re.compile(
    r"\W*(?:kommentar|merknad|notat|NB|OBS|todo|til diskusjon|til drøfting|spørsmål|"
    r"forslag til (?:formulering|tekst|ordlyd)|arbeidsnotat|redaksjonelt|huskelapp)\s?(?:fra \w+|frå \w+)?\s?[:!]",
    re.IGNORECASE,
)
COMING = cue(
    r"\b(?:tekst|innhold|innhald|avsnitt|punkt|vedlegg)\w* (?:kommer|kjem|settes inn|setjast inn|mangler|manglar)\b",
    " kommer",
    " kjem",
    "settes inn",
    "setjast inn",
    "mangl",
)
ASIDE = re.compile(
    r"\([^()\n]{0,80}\?\)|\((?:må|skal|bør) [^()\n]{0,60}\)|\[(?:kommentar|merknad|NB|OBS)[^\]\n]{0,200}\]|\?\?+",
    re.IGNORECASE,
)
# A question in guillemets is somebody's words ("hva er viktig for deg?"); otherwise an agreement asks nothing.
QUOTED = re.compile(r"«[^»]*»\??")
PLACEHOLDER = re.compile(
    r"(?=[….xXdD2NX_<?\[])(?:…{2,}|\.{6,}(?![ .]*\d{1,3}[ \t]*$)|_{4,}|"
    r"(?<!\w)(?:[xX]{2}|[dD]{2})\.\s?(?:[yYxX]{2}|[mM]{2})\.?(?:\s?(?:\d{4}|[xXyYåÅ]{2,4}))?|"
    r"(?<!\w)[xX]{2,}(?:\s(?:og|,)\s[xX]{2,})*(?:\s(?:kommune(?:ne|r)?|HF|prosent|kroner|dager|måneder|sykehus))?(?!\w)|"
    r"(?<!\w)20[xXyY]{2}(?!\w)|"
    r"(?<!\w)[NX]\.?\s?[NX]\.?\skommune(?!\w)|\[(?=[^\]\n]*[^\W_])[^\]\d\n]{2,60}\]|<(?!/)[^<>/\n@:]{3,40}>|(?<=\s)\?{3,})",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Note:
    """Words of a draft that are not the agreement's: a note of its authors, or a blank."""

    start: int
    end: int
    clause: int | None
    kind: Literal["drafting note", "placeholder"]


def notes(structure: Structure) -> tuple[Note, ...]:
    """The drafting notes and placeholders of a text, in order.

    >>> from ingest.flow import Flow
    >>> text = "Avtalen gjelder fra xx.yy. 2023. Eget brukerutvalg? Må drøftes videre."
    >>> [(text[note.start : note.end], note.kind) for note in notes(Structure(text, (), Flow.plain(text)))]
    [('xx.yy. 2023', 'placeholder'), ('Eget brukerutvalg?', 'drafting note'), ('Må drøftes videre.', 'drafting note')]
    """
    found = [*_placeholders(structure), *_remarks(structure)]
    return tuple(sorted(found, key=lambda note: (note.start, -note.end)))


@lru_cache(maxsize=2)
def remarks(structure: Structure) -> frozenset[int]:
    """Where the sentences start that are remarks, by their own words or by their label ("KOMMENTAR: …")."""
    labelled = {
        index
        for index, clause in enumerate(structure.clauses)
        if clause.kind == "label" and REMARK.match(f"{clause.title}:")
    }
    return frozenset(
        sentence.start for sentence in sentences(structure) if sentence.clause in labelled or is_note(sentence.text)
    )


def is_note(sentence: str) -> bool:
    """Whether a whole sentence is a remark of those who write the draft.

    >>> is_note("Må drøftes videre."), is_note("Eget utvalg?"), is_note("Ledelsen skal også avklares.")
    (True, True, False)
    """
    if sentence.endswith("?") and "?" in QUOTED.sub("", sentence):
        return True
    return bool(NOTE.match(sentence) or REMARK.match(sentence) or COMING.search(sentence))


def _placeholders(structure: Structure) -> Iterator[Note]:
    for blank in PLACEHOLDER.finditer(structure.text):
        place = bisect_right(structure.furniture, (blank.start(), len(structure.text))) - 1
        if place < 0 or structure.furniture[place][1] <= blank.start():
            yield Note(*blank.span(), structure.clause_at(blank.start()), "placeholder")


def _remarks(structure: Structure) -> Iterator[Note]:
    flow, remarked = structure.flow, remarks(structure)
    for passage in sentences(structure):
        if passage.start in remarked:
            yield Note(*flow.span(passage.start, passage.end), passage.clause, "drafting note")
        else:
            for aside in ASIDE.finditer(QUOTED.sub(lambda quote: " " * len(quote.group()), passage.text)):
                span = flow.span(passage.start + aside.start(), passage.start + aside.end())
                yield Note(*span, passage.clause, "drafting note")
