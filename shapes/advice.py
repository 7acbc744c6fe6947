"""Which words of an agreement seem to speak of the points that guidance has on a requirement."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import log

from rdflib import RDF, Graph, URIRef
from rdflib.term import Node

from ontology import HJ, load
from ontology.lexicon import WORD, Lexicon, stem
from shapes.evidence import evidence
from shapes.finding import Evidence, Point
from shapes.values import number

SHORTEST_WORD = 4
# So much of what a point is about, rare words weighing more, must stand in one sentence and its heading.
ENOUGH = 0.5
SUGGESTIONS = 3
# A sentence begins after the bullet or number of its list item.
SENTENCE = re.compile(r"(?:[^\W\d_]|[«\"(]).*?(?:[.!?:;](?=\s)|\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence of the agreement, the words of points that stand in it, and those that its heading adds."""

    words: Evidence
    own: frozenset[str]
    found: frozenset[str]


def points(graph: Graph, document: URIRef) -> dict[Node, tuple[Point, ...]]:
    """The points on each requirement, in the order of the guidance; a suggestion is no proof that a point is met."""
    advised = sorted(graph.subjects(RDF.type, HJ.AdvicePoint), key=lambda point: _order(graph, point))
    quotes = {point: evidence(graph, [point], document=document)[0] for point in advised}
    about = {point: _content(quote.quote) for point, quote in quotes.items()}
    lexicon = _lexicon(tuple(sorted({word for words in about.values() for word in words})))
    said = list(_said(graph, document, lexicon)) if lexicon else []
    weights = _weights([*about.values(), *(one.found for one in said)])
    found: dict[Node, list[Point]] = {}
    for point in advised:
        force = "obligation" if (point, HJ.modality, HJ.Obligation) in graph else "recommendation"
        spoken_of = tuple(_likeliest(about[point], said, weights))
        for requirement in graph.objects(point, HJ.pointOf):
            found.setdefault(requirement, []).append(Point(str(point), force, quotes[point], spoken_of))
    return {requirement: tuple(listed) for requirement, listed in found.items()}


def _likeliest(about: frozenset[str], said: Sequence[_Said], weights: dict[str, float]) -> Iterator[Evidence]:
    whole = sum(weights[word] for word in about)
    if not whole:
        return
    scored = (
        (sum(weights[word] for word in about & one.found) / whole, one)
        for one in said
        # One word of several is too little, however rare.
        if about & one.own and len(about & one.found) >= min(2, len(about))
    )
    best = sorted((one for one in scored if one[0] >= ENOUGH), key=lambda one: (-one[0], one[1].words))
    yield from (one.words for _, one in best[:SUGGESTIONS])


def _said(graph: Graph, document: URIRef, lexicon: Lexicon) -> Iterator[_Said]:
    for clause in graph.subjects(HJ.document, document):
        text = graph.value(clause, HJ.text)
        if text is None or (clause, RDF.type, HJ.SignatureBlock) in graph:
            continue
        begin, place = number(graph, clause, HJ.start), str(graph.value(clause, HJ.place) or "")
        title = str(graph.value(clause, HJ.title) or "")
        heading = _words(lexicon, title)
        for sentence in SENTENCE.finditer(str(text), _body(str(text), title)):
            found = _words(lexicon, sentence[0])
            if found:
                start, end = begin + sentence.start(), begin + sentence.end()
                yield _Said(Evidence(start, end, sentence[0], place, str(clause)), found, found | heading)


def _body(text: str, title: str) -> int:
    """Where the words after a heading begin; in the text it may stand on several lines, after its number."""
    written = r"\s+".join(map(re.escape, title.split()))
    found = re.match(rf"\W*[\w.§ ]{{0,12}}?\W*{written}", text) if title else None
    return found.end() if found else 0


def _words(lexicon: Lexicon, text: str) -> frozenset[str]:
    return frozenset(match.key for match in lexicon.find(text))


def _weights(texts: Sequence[frozenset[str]]) -> dict[str, float]:
    """How much a word tells: the fewer texts it stands in, the more."""
    times = Counter(word for words in texts for word in words)
    return {word: log(1 + len(texts) / count) for word, count in times.items()}


def _content(quote: str) -> frozenset[str]:
    """The words that tell what a point is about, each in one of its forms."""
    words = {
        stem(word): word.lower()
        for word in WORD.findall(quote)
        if len(word) >= SHORTEST_WORD and stem(word) not in _common()
    }
    return frozenset(words.values())


@cache
def _lexicon(words: tuple[str, ...]) -> Lexicon | None:
    return Lexicon((word, word) for word in words) if words else None


@cache
def _common() -> frozenset[str]:
    """The stems of words that stand in any point."""
    return frozenset(stem(str(word)) for word in load().objects(HJ.AdvicePoint, HJ.commonWord))


def _order(graph: Graph, point: Node) -> tuple[str, int]:
    return str(graph.value(point, HJ.document)), number(graph, point, HJ.order)
