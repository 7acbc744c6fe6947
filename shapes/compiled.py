"""The rules as SPARQL: for each rule, a query for every way to break it, with the rows that SHACL has results for.

SHACL stays the standard that the rules are written in, and pySHACL the oracle. What is translated here is what the
rules use; a rule with any other word in it is left to pySHACL.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import RDF, RDFS, SH, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

TARGETS = (SH.targetClass, SH.targetNode, SH.targetObjectsOf, SH.targetSubjectsOf)
# What says nothing of which nodes a shape holds of.
SPOKEN = {SH.description, SH.flags, SH.group, SH.message, SH.name, SH.order, SH.path, SH.severity, *TARGETS}
LARGEST_COUNT = 3

# Regular expressions that mean the same in Python, which pySHACL asks, and in SPARQL: letters, groups, classes and
# repetition; no look-around, no reference back and no class of Unicode's.
COMMON_PATTERN = re.compile(r"(?:[^\\(\[]|\((?!\?)|\\[.()\[\]{}|*+?^$/-]|\[[^\\\[\]]+\])*")
# In Python "$" holds before a last line break, too.
END = re.compile(r"(\\.|\[[^\]]*\])|\$")


@dataclass(frozen=True, slots=True)
class Breakage:
    """A way to break a rule: the query selects each ?focus that does, and the ?value that it does it with, if any."""

    rule: URIRef
    query: str


@dataclass(frozen=True, slots=True)
class Compiled:
    """The rules as queries, and those that are left to pySHACL."""

    breakages: tuple[Breakage, ...]
    uncovered: tuple[URIRef, ...]


class UncoveredError(ValueError):
    """A rule says something that is not translated; the message names it."""


def compiled(rules: Graph) -> Compiled:
    """Every rule of a shapes graph that has a target, as queries."""
    breakages: list[Breakage] = []
    uncovered: list[URIRef] = []
    for rule in sorted(_targeted(rules), key=str):
        try:
            breakages.extend(_Shape(rules, rule).breakages(_target(rules, rule)))
        except UncoveredError:
            uncovered.append(URIRef(str(rule)))
    return Compiled(tuple(breakages), tuple(uncovered))


def _targeted(rules: Graph) -> set[Node]:
    # A shape that is a class, too, has its instances as its target.
    implicit = {node for node in rules.subjects(RDF.type, RDFS.Class) if (node, RDF.type, SH.NodeShape) in rules}
    return implicit.union(*(rules.subjects(target) for target in (*TARGETS, SH.target)))


def _target(rules: Graph, rule: Node) -> str:
    """The pattern of the nodes that a rule is about."""
    patterns = {
        SH.targetClass: "?focus {type}/{subclass}* {node} .",
        SH.targetNode: "VALUES ?focus {{ {node} }}",
        SH.targetObjectsOf: "?any {node} ?focus .",
        SH.targetSubjectsOf: "?focus {node} ?any .",
    }
    names = {"type": RDF.type.n3(), "subclass": RDFS.subClassOf.n3()}
    found = sorted(
        pattern.format(node=_term(node), **names)
        for target, pattern in patterns.items()
        for node in rules.objects(rule, target)
    )
    if not found:
        raise UncoveredError(f"{rule} has a target of another kind.")
    return found[0] if len(found) == 1 else " UNION ".join(f"{{ {pattern} }}" for pattern in found)


@dataclass(frozen=True, slots=True)
class _Shape:
    """A shape, and the shapes that it is a part of; a variable is named for how deep it stands."""

    rules: Graph
    node: Node
    above: tuple[Node, ...] = ()

    def __post_init__(self) -> None:
        unknown = (
            {word for word in self.rules.predicates(self.node) if str(word).startswith(str(SH))} - _TRANSLATED - SPOKEN
        )
        defined = (self.node, None, None) in self.rules
        if unknown or not defined or self.node in self.above or (self.node, RDF.type, RDFS.Class) in self.rules:
            raise UncoveredError(f"{self.node} is not translated: {', '.join(sorted(map(str, unknown)))}.")

    def breakages(self, target: str) -> Iterator[Breakage]:
        """The queries of a shape that has results of its own; its property shapes have theirs."""
        if not isinstance(self.node, URIRef) or (self.node, SH.message, None) not in self.rules:
            raise UncoveredError(f"{self.node} has no name or no message.")
        path = self._path()
        for fault in self._faults_of_focus("?focus"):
            yield Breakage(self.node, f"SELECT DISTINCT ?focus WHERE {{ {target} FILTER({fault}) }}")
        value = "?value" if path else "?focus"
        step = f"?focus {path} ?value ." if path else "BIND(?focus AS ?value)"
        for fault in self._faults_of_value(value):
            yield Breakage(self.node, f"SELECT DISTINCT ?focus ?value WHERE {{ {target} {step} FILTER({fault}) }}")
        for part in self.rules.objects(self.node, SH.property):
            if path:
                raise UncoveredError(f"{self.node} has a path and a property shape.")
            yield from self._part(part).breakages(target)

    def holds(self, node: str) -> str:
        """The expression that is true of a node that conforms to the shape."""
        path = self._path()
        faults = list(self._faults_of_focus(node))
        value = self._variable() if path else node
        of_value = [
            *self._faults_of_value(value),
            *(f"!{self._part(part).holds(value)}" for part in self.rules.objects(self.node, SH.property)),
        ]
        if path and of_value:
            faults.append(f"EXISTS {{ {node} {path} {value} . FILTER({' || '.join(of_value)}) }}")
        else:
            faults.extend(of_value)
        return f"(!({' || '.join(sorted(faults))}))" if faults else "(true)"

    def _faults_of_focus(self, node: str) -> Iterator[str]:
        """What is said of the values of a path together, as expressions that are true where it does not hold."""
        path, rules = self._path(), self.rules
        for wanted in rules.objects(self.node, SH.hasValue):
            term = _term(wanted)
            yield f"NOT EXISTS {{ {node} {path} {term} }}" if path else f"!sameTerm({node}, {term})"
        shapes = [*rules.objects(self.node, SH.qualifiedValueShape)]
        counts = {
            word: _count(rules, self.node, word)
            for word in (SH.minCount, SH.maxCount, SH.qualifiedMinCount, SH.qualifiedMaxCount)
            if (self.node, word, None) in rules
        }
        qualified = counts.keys() & {SH.qualifiedMinCount, SH.qualifiedMaxCount}
        if (counts and not path) or len(shapes) > 1 or bool(shapes) != bool(qualified):
            raise UncoveredError(f"{self.node} counts in another way.")
        for word, count in counts.items():
            shape = shapes[0] if word in qualified else None
            if word in (SH.minCount, SH.qualifiedMinCount):
                yield f"!({self._at_least(count, node, path, shape)})"
            else:
                yield self._at_least(count + 1, node, path, shape)

    def _at_least(self, count: int, node: str, path: str, shape: Node | None) -> str:
        """The expression that is true where a path has so many values that conform to a shape."""
        if not count:
            return "true"
        values = [f"{self._variable()}_{number}" for number in range(count)]
        steps = [f"{node} {path} {value} ." for value in values]
        others = [f"!sameTerm({one}, {other})" for number, one in enumerate(values) for other in values[number + 1 :]]
        conforming = [self._part(shape).holds(value) for value in values] if shape else []
        filters = " && ".join([*others, *conforming])
        return f"EXISTS {{ {' '.join(steps)}{f' FILTER({filters})' if filters else ''} }}"

    def _faults_of_value(self, value: str) -> Iterator[str]:
        """What is said of each value, as expressions that are true where it does not hold."""
        for word, given in sorted(self.rules.predicate_objects(self.node)):
            if word == SH["in"]:
                listed = ", ".join(_term(item) for item in Collection(self.rules, given))
                yield f"{value} NOT IN ({listed})"
            elif word == SH.pattern:
                yield f"!REGEX(STR({value}), {_pattern(given)}, {_flags(self.rules, self.node)})"
            elif word == SH["class"]:
                yield f"NOT EXISTS {{ {value} {RDF.type.n3()}/{RDFS.subClassOf.n3()}* {_term(given)} }}"
            elif word == SH["not"]:
                yield self._part(given).holds(value)
            elif word == SH.node:
                yield f"!{self._part(given).holds(value)}"
            elif word in (SH["and"], SH["or"]):
                parts = [self._part(part).holds(value) for part in Collection(self.rules, given)]
                yield f"!({(' && ' if word == SH['and'] else ' || ').join(parts)})"

    def _part(self, node: Node) -> "_Shape":
        return _Shape(self.rules, node, (*self.above, self.node))

    def _variable(self) -> str:
        return f"?v{len(self.above)}"

    def _path(self) -> str:
        path = self.rules.value(self.node, SH.path)
        return "" if path is None else _path(self.rules, path)


_TRANSLATED = {
    SH["and"],
    SH["class"],
    SH.hasValue,
    SH["in"],
    SH.maxCount,
    SH.minCount,
    SH.node,
    SH["not"],
    SH["or"],
    SH.pattern,
    SH.property,
    SH.qualifiedMaxCount,
    SH.qualifiedMinCount,
    SH.qualifiedValueShape,
}


def _path(rules: Graph, path: Node) -> str:
    """A SHACL path as SPARQL writes it."""
    if isinstance(path, URIRef):
        return path.n3()
    backwards = rules.value(path, SH.inversePath)
    if isinstance(backwards, URIRef):
        return f"^{backwards.n3()}"
    # pySHACL does not find every value of several properties read backwards.
    steps = [_path(rules, step) for step in Collection(rules, path)]
    if not steps:
        raise UncoveredError("A path is more than properties in a row, some of them read backwards.")
    return f"({'/'.join(steps)})"


def _count(rules: Graph, shape: Node, word: URIRef) -> int:
    count = rules.value(shape, word)
    if not isinstance(count, Literal) or not isinstance(count.value, int) or not 0 <= count.value <= LARGEST_COUNT:
        raise UncoveredError(f"{shape} counts to {count}.")
    return count.value


def _term(node: Node) -> str:
    """A name, or plain text; what the engine would compare by its value is not translated."""
    if isinstance(node, URIRef) or (isinstance(node, Literal) and node.datatype is None and node.language is None):
        return node.n3()
    raise UncoveredError(f"{node} is neither a name nor plain text.")


def _pattern(given: Node) -> str:
    if not COMMON_PATTERN.fullmatch(str(given)):
        raise UncoveredError(f"The pattern {given} may mean another thing in SPARQL.")
    return Literal(END.sub(lambda found: found[1] or r"\n?$", str(given))).n3()


def _flags(rules: Graph, shape: Node) -> str:
    flags = "".join(map(str, rules.objects(shape, SH.flags)))
    if flags not in ("", "i"):
        raise UncoveredError(f"{shape} has the flags {flags}.")
    return f'"{flags}"'
