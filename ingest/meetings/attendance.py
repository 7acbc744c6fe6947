"""How many came to a meeting, by organisation; the names of those who came are passed over."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from rdflib import ORG

from ingest.actors.organisations import mentions
from ingest.iri import slug
from ingest.meetings import lines as reading
from ingest.meetings.lines import Line, presence
from ingest.meetings.record import Attendance, Presence
from ontology import BASE
from ontology.lexicon import Lexicon, names

MUNICIPALITY = re.compile(
    r"\b(?P<name>[A-ZÆØÅÁŠ][\wæøåáš]+(?:-[A-ZÆØÅ]\w+)?(?:\s(?:og\s)?[A-ZÆØÅ][a-zæøå]+)?)\s(?:kommune|herad)\b"
)

SPEAKS_FOR = re.compile(r"^(?:bruker|brukar|fastlege|praksis|PKO)", re.IGNORECASE)


def attendance(lines: Sequence[Line]) -> Iterator[Attendance]:
    """The counts in the lines above a meeting's first case; places are those of the flow."""
    kind: Presence | None = None
    counts: dict[tuple[Presence, str], Attendance] = {}
    for line in lines:
        opened = presence(line.text)
        kind = opened or kind
        if kind is None:
            continue
        heading = reading.PRESENCE[opened].match(line.text) if opened else None
        begin = heading.end() if heading else 0
        for start, end, path, name, number in _attending(line.text, begin, several=opened is not None):
            key = kind, path
            before = counts.get(key)
            first = (before.start, before.end) if before else (line.start + start, line.start + end)
            counts[key] = Attendance(
                *first, kind, path, before.name if before else name, (before.count if before else 0) + number
            )
    yield from counts.values()


def _attending(text: str, begin: int, *, several: bool) -> Iterator[tuple[int, int, str, str, int]]:
    """Whom the persons on a line come from, and how many: one person a line in a list, several in a sentence."""
    text = " " * begin + text[begin:]
    offices = list(_offices(text))
    # "brukerrepresentant, leder av brukerutvalget ved sykehuset" comes for the users.
    found = [office for office in offices if SPEAKS_FOR.search(office[3])] or sorted(_organisations(text)) or offices
    if several and text.count("(") > 1:
        yield from ((*each, 1) for each in sorted((*_organisations(text), *_bracketed(text))))
    elif found:
        named = text[found[0][1] :]
        # After "Os kommune:" the names stand one after another.
        yield *found[0], named.count(",") + 1 if named.startswith(":") else 1


def _bracketed(text: str) -> Iterator[tuple[int, int, str, str]]:
    for inside in re.finditer(r"\(([^()]*)\)", text):
        if not any(_organisations(inside[1])):
            yield from (
                (inside.start(1) + start, inside.start(1) + end, path, name)
                for start, end, path, name in _offices(inside[1])
            )


def _organisations(text: str) -> Iterator[tuple[int, int, str, str]]:
    taken: set[int] = set()
    for mention in mentions(text):
        path = next((path for path in mention.paths if not path.startswith("helsefellesskap/")), None)
        if path:
            taken.update(range(mention.start, mention.end))
            yield mention.start, mention.end, path, text[mention.start : mention.end]
    for found in MUNICIPALITY.finditer(text):
        if taken.isdisjoint(range(*found.span())):
            yield *found.span(), f"kommune/{slug(found['name'])}", found[0]
            taken.update(range(*found.span()))
    for trust in re.finditer(r"\b[A-ZÆØÅ]\w+(?:\s[\wæøåÆØÅ]+){0,4}\s(?:HF|RHF)\b", text):
        if taken.isdisjoint(range(*trust.span())):
            name, _, kind = trust[0].rpartition(" ")
            yield *trust.span(), f"{kind.lower()}/{slug(name)}", trust[0]


def _offices(text: str) -> Iterator[tuple[int, int, str, str]]:
    for match in _roles().longest(text):
        if not match.compound:
            yield match.start, match.end, match.key.removeprefix(BASE), text[match.start : match.end]
            return


@cache
def _roles() -> Lexicon:
    return names(ORG.Role)
