"""What can be named in a question, and where a sentence names it."""

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from ontology.lexicon import WORD, Lexicon
from ontology.topics import alternatives
from queries.labels import Names
from queries.provisions import Provisions
from queries.query import Graph, Row, catalogue
from queries.sections import Reference, references
from queries.vocabulary import class_words, english_topics, stem, words

NS = "https://w3id.org/hjemmel/ns#"
# A word that begins one requirement's term, and no other's, means it: "jordmor" is short for "jordmortjenester".
SHORTEST_BEGINNING = 6
# A requirement's label before its search terms, those before words that may mean something else, too.
TOPICS = {"label": 0, "term": 1, "weak": 2}
# The law before the guidance's advice; a part of a compound only where nothing else is named.
ADVICE, COMPOUND = 3, 6
# What a label says: "§ 6-2 nr. 13: barn og unge" is about "barn og unge".
BEFORE_TOPIC = re.compile(r"^[^:]*:\s*")
# English has no search terms, so a label that only lists gives one each: "research, education, placements …".
ENGLISH_LIST = re.compile(r"(?!.*\b(?:for|of|to|in|at|by|on|how)\b)[\w ]+(?:(?:, | and )[\w ]+)+")
SHORTEST_ENGLISH = 8
SHORTEST_SUBJECT = 4
SHORTEST_LOWER = 2
# Longer labels are sentences, and nobody asks in their words.
LONGEST_TOPIC = 6


@dataclass(frozen=True, slots=True)
class Choice:
    """A thing (its address) or a date that a parameter is set to, and what it is called."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of a sentence that name something, for each kind of parameter it can be.

    Several choices of a kind belong together ("§ 6-2 nr. 12 og 13"), unless the mention is `ambiguous`. It is `vague`
    when the words may also mean something else. Without choices they name nothing that exists ("§ 6-2 nr. 27").
    """

    start: int
    end: int
    choices: Mapping[str, tuple[Choice, ...]]
    ambiguous: bool = False
    vague: bool = False


@dataclass(frozen=True, slots=True)
class Topic:
    """Words that name a requirement by themselves, and how: its label, a search term, or a weak one."""

    requirement: str
    way: str
    words: str


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """Everything a question about this graph can name.

    `subjects` are the stems of all that is said of each requirement: words that may stand beside its name.
    """

    documents: tuple[Row, ...]
    labels: Mapping[str, Mapping[str, str]]
    short: Mapping[str, str]
    topics: tuple[Topic, ...]
    subjects: Mapping[str, frozenset[str]]
    provisions: Provisions
    _names: Names
    _lexicon: Lexicon
    _bodies: Lexicon

    @classmethod
    def of(cls, graph: Graph) -> "Known":
        """Read the names that stand in the graph."""
        rows = catalogue()["names"].run(graph)
        labels: dict[str, dict[str, str]] = defaultdict(dict)
        for row in rows:
            if row["way"] == "label":
                labels[str(row["thing"])][str(row["language"] or "nb")] = str(row["name"])
        topics = tuple(_topics(rows))
        return cls(
            documents=tuple(catalogue()["documents"].run(graph)),
            labels=dict(labels),
            short=_short(rows),
            topics=topics,
            subjects=_subjects(rows),
            provisions=Provisions.of(graph),
            _names=Names(row for row in rows if row["kind"] not in ("requirement", "body") and not _numbered(row)),
            _lexicon=Lexicon(
                (f"{topic.way} {topic.requirement}", topic.words)
                for topic in topics
                if len(topic.words.split()) <= LONGEST_TOPIC
            ),
            _bodies=Lexicon((str(row["thing"]), str(row["name"])) for row in rows if row["kind"] == "body"),
        )

    def spelling(self) -> Iterator[str]:
        """Every word of the names that a question may have misspelt: regions and topics."""
        for topic in self.topics:
            yield from WORD.findall(topic.words)
        for thing, names in self.labels.items():
            if "/body-kind/" in thing:
                yield from (word for name in names.values() for word in WORD.findall(name.casefold()))
        for region in {row["region"] for row in self.documents if row["region"]}:
            yield from WORD.findall(self.short.get(str(region), "").casefold())

    def bodies(self, sentence: str) -> Iterator[Mention]:
        """The committees, councils and meetings that the sentence names, by kind."""
        for match in self._bodies.longest(sentence):
            written = sentence[match.start : match.end]
            # "au" and "su" are words of other languages, and typing errors.
            if not match.compound and (len(written) > SHORTEST_LOWER or written.isupper()):
                yield Mention(match.start, match.end, {"body": self._choices((match.key,), "nb")})

    def label(self, thing: str, language: str) -> str:
        """What a thing is called in a language, or else in another."""
        names = self.labels.get(thing, {})
        return names.get(language) or names.get("nb") or next(iter(names.values()), self.short.get(thing, thing))

    def spoken(self, thing: str, language: str) -> str:
        """A thing as a question would name it: "hol. § 6-2 nr. 13", "felles sekretariat", "Vestfold"."""
        provision = self.provisions.alone(thing)
        return self.short.get(provision or thing) or BEFORE_TOPIC.sub("", self.label(thing, language))

    def choices(self, kind: str, language: str) -> tuple[Choice, ...]:
        """Everything of a kind that a question can be narrowed to; nothing if it has no end, as words and dates."""
        if kind in ("bearer", "strength"):
            base = NS if kind == "strength" else ""
            return tuple(Choice(f"{base}{one}", word) for one, word in class_words(kind).items())
        things = {
            "region": sorted({str(row["region"]) for row in self.documents if row["region"]}),
            "document": [str(row["document"]) for row in self.documents if row["kind"] == "agreement"],
            "requirement": [thing for thing in self.labels if "/requirement/" in thing],
            "body": [thing for thing in self.labels if "/body-kind/" in thing],
        }
        return self._choices(things.get(kind, ()), language)

    def has_documents(self, region: str) -> bool:
        """Whether anything was read from this helsefellesskap."""
        return any(row["region"] == region for row in self.documents)

    def mentions(self, sentence: str, language: str, common: Container[str]) -> list[Mention]:
        """Every name in the sentence; none inside another. `common` words are never the beginning of a term."""
        named: dict[tuple[int, int, str], list[str]] = defaultdict(list)
        for name in self._names.find(sentence):
            if name.thing not in named[name.start, name.end, name.kind]:
                named[name.start, name.end, name.kind].append(name.thing)
        found = list(self._topics(sentence, language))
        for (start, end, kind), things in named.items():
            found.append(Mention(start, end, {kind: self._choices(things, language)}, len(things) > 1))
        found = [one for one in found if not any(_inside(one, other) for other in found)]
        acts = [one for one in found if "provision" in one.choices]
        of = [choice.value for act in acts for choice in act.choices["provision"]]
        cited = [self._cited(reference, of, language) for reference in references(sentence)]
        if cited:
            # "hol. § 6-2": the act is part of the reference, wherever in the sentence it is named.
            found = [one for one in found if one not in acts]
            found += [replace(cited[0], start=act.start, end=act.end) for act in acts if cited[0].choices]
        found += cited
        outer = [one for one in found if not any(_inside(one, other) for other in found)]
        return sorted([*outer, *self._begun(sentence, language, common, outer)], key=lambda mention: mention.start)

    def _topics(self, sentence: str, language: str) -> Iterator[Mention]:
        """Requirements by what they are about."""
        places: dict[tuple[int, int], dict[str, int]] = defaultdict(dict)
        for match in self._lexicon.find(sentence):
            way, requirement = match.key.split(" ", 1)
            rank = TOPICS[way] + ADVICE * (requirement in self.provisions.advice) + COMPOUND * match.compound
            things = places[match.start, match.end]
            things[requirement] = min(rank, things.get(requirement, rank))
        for (start, end), things in places.items():
            best = min(things.values())
            named = [thing for thing, rank in things.items() if rank == best]
            choices = {"requirement": self._choices(named, language)}
            vague = best >= COMPOUND or best % ADVICE == TOPICS["weak"]
            yield Mention(start, end, choices, len(named) > 1, vague)

    def _begun(self, sentence: str, language: str, common: Container[str], taken: list[Mention]) -> Iterator[Mention]:
        named = [choice.value for mention in taken for choice in mention.choices.get("requirement", ())]
        beside = {known for one in named for known in self.subjects.get(one, ())}
        for word in words(sentence):
            free = not any(one.start < word.end and word.start < one.end for one in taken)
            free = free and stem(word.text, language) not in beside
            if free and len(word.text) >= SHORTEST_BEGINNING and word.text not in common:
                begun = {topic.requirement for topic in self.topics if topic.words.startswith(word.text)}
                if len(begun) == 1:
                    yield Mention(word.start, word.end, {"requirement": self._choices(begun, language)})

    def _cited(self, reference: Reference, acts: list[str], language: str) -> Mention:
        """A reference as what it means: provisions, and the requirements that rest on them."""
        options = self.provisions.meant(reference, acts)
        choices = {}
        if options:
            choices["provision"] = self._choices([one for option in options for one in option], language)
        if len(options) == 1:
            required = [self.provisions.required_by(provision) for provision in options[0]]
            if all(required):
                each = dict.fromkeys(one for held in required for one in held)
                choices["requirement"] = self._choices(each, language)
        return Mention(reference.start, reference.end, choices, len(options) > 1)

    def _choices(self, things: Iterable[str], language: str) -> tuple[Choice, ...]:
        return tuple(Choice(thing, self.label(thing, language)) for thing in things)


def _numbered(row: Row) -> bool:
    """Whether a name is of a provision, which is found by its numbers."""
    return row["way"] == "short" or re.search(r"/(?:par|kap)-", str(row["thing"])) is not None


def _topics(rows: list[Row]) -> Iterator[Topic]:
    for row in rows:
        thing, way, name = str(row["thing"]), str(row["way"]), str(row["name"]).casefold()
        if row["kind"] != "requirement":
            continue
        if way == "label":
            topic = BEFORE_TOPIC.sub("", name)
            yield Topic(thing, "label", topic)
            if row["language"] == "en" and ENGLISH_LIST.fullmatch(topic):
                parts = re.split(r", | and ", topic)
                yield from (Topic(thing, "weak", part) for part in parts if len(part) >= SHORTEST_ENGLISH)
        elif way == "notation":
            yield from (Topic(thing, "term", topic) for topic in english_topics().get(str(row["name"]), ()))
        elif way in TOPICS and len(parted := alternatives(name)) == 1:
            yield from (Topic(thing, way, label) for label in parted[0])


def _subjects(rows: list[Row]) -> dict[str, frozenset[str]]:
    said: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row["kind"] == "requirement" and row["way"] != "notation":
            for word in WORD.findall(str(row["name"])):
                if len(word) >= SHORTEST_SUBJECT:
                    said[str(row["thing"])].add(stem(word, str(row["language"] or "nb")))
    return {thing: frozenset(stems) for thing, stems in said.items()}


def _short(rows: list[Row]) -> dict[str, str]:
    """The short name of provisions, and of regions that of their names which their label ends in (Vestfold)."""
    short = {str(row["thing"]): str(row["name"]) for row in rows if row["way"] == "short"}
    labels = {row["thing"]: str(row["name"]) for row in rows if (row["way"], row["language"]) == ("label", "nb")}
    for row in rows:
        thing, name = str(row["thing"]), str(row["name"])
        if (row["kind"], row["way"]) == ("region", "other") and labels.get(thing, "").endswith(f" {name}"):
            short[thing] = max(name, short.get(thing, ""), key=len)
    return short


def _inside(one: Mention, other: Mention) -> bool:
    """Whether a mention stands within a longer one: the "folkehelse" of "lov om folkehelse" is no topic."""
    return other.start <= one.start and one.end <= other.end and other.end - other.start > one.end - one.start
