"""A health community's own rules: SHACL shapes in Turtle files, run on one agreement in a process of their own."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from hjemmel.subject import Subject

if TYPE_CHECKING:
    from shapes import Evidence, Severity

LONGEST = 20  # seconds
LARGEST = 1_000_000  # bytes of a file
SH = "http://www.w3.org/ns/shacl#"
MESSAGE, PROPERTY = f"{SH}message", f"{SH}property"
TARGETS = {f"{SH}{name}" for name in ("targetClass", "targetNode", "targetObjectsOf", "targetSubjectsOf")}
# What would run a stranger's program or query, or reach outside: SHACL-JS, SHACL-SPARQL and SHACL's advanced features.
FORBIDDEN = {
    f"{SH}{name}"
    for name in (
        *("js", "jsLibrary", "jsLibraryURL", "jsFunctionName", "sparql", "select", "ask", "construct", "update"),
        *("rule", "target", "expression", "validator", "nodeValidator", "propertyValidator", "entailment"),
    )
}
# What a shape says of itself, beside its constraints.
SPOKEN = TARGETS | {
    f"{SH}{name}" for name in ("message", "severity", "name", "description", "order", "group", "path", "deactivated")
}
WORDS = """
SELECT ?statement ?quote ?start ?end ?clause ?place WHERE {
    ?statement hj:evidence/oa:hasSelector ?selector ; hj:clause ?clause .
    ?selector oa:exact ?quote ; oa:start ?start ; oa:end ?end .
    ?clause hj:place ?place .
}
"""
CLAUSE = """
SELECT ?clause ?quote ?start ?end ?place WHERE {
    ?clause a hj:Clause ; hj:text ?quote ; hj:start ?start ; hj:end ?end ; hj:place ?place .
}
"""
CALLED = "SELECT ?thing ?name WHERE { ?thing hj:shortForm|skos:notation ?name }"


class OwnRulesError(ValueError):
    """Own rules that cannot be used; the message names the file, the place, and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFinding:
    """An own rule that the agreement breaks. `message` is by language, "" where the rule names none.

    `source` is what the rule says it rests on: a provision or requirement by its short name, or what the rule has;
    `component` is the part of SHACL that the rule is written in.
    """

    rule: str
    file: str
    severity: "Severity"
    message: Mapping[str, str]
    focus: str
    component: str
    source: str = ""
    evidence: "Evidence | None" = None

    @property
    def name(self) -> str:
        """The last part of the rule's address."""
        return self.rule.replace("#", "/").rpartition("/")[2]

    def said(self, language: str) -> str:
        """The message in a language, or in the one there is."""
        ways = (self.message.get(key) for key in (language, "nb", "", *self.message))
        return next(filter(None, ways), "")

    def as_json(self, language: str) -> dict[str, Any]:
        """The finding as plain values."""
        words = self.evidence
        return {
            "rule": self.rule,
            "file": self.file,
            "severity": self.severity,
            "message": self.said(language),
            "source": self.source or None,
            "focus": self.focus,
            "evidence": {"quote": words.quote, "place": words.place, "start": words.start, "end": words.end}
            if words
            else None,
        }


def own_findings(folder: Path, about: Subject, *, seconds: int = LONGEST) -> tuple[OwnFinding, ...]:
    """What the own rules of a folder find in one agreement, in the order of the rules and of the text."""
    rules = _rules(folder)
    shapes = [triple for triples in rules.values() for triple in triples]
    files = {_name(triple.subject): file for file, triples in rules.items() for triple in triples}
    graph = about.store.graph(about.iri)
    answer = _run(_ntriples(shapes), graph.serialize(format="nt", encoding="utf-8"), seconds)
    sources = {
        _name(triple.subject): _name(triple.object)
        for triple in shapes
        if triple.predicate.value.endswith(("hjemmel/ns#requirement", "purl.org/dc/terms/source"))
    }
    found = [
        OwnFinding(
            rule=one["rule"],
            file=files.get(one["rule"], ""),
            severity=one["severity"],
            message=dict(one["message"]),
            focus=one["focus"],
            component=one["component"],
            source=_called(about, sources.get(one["rule"], "")),
            evidence=_evidence(about, one["focus"]),
        )
        for one in answer
    ]
    return tuple(
        sorted(found, key=lambda one: (one.file, one.rule, one.evidence.start if one.evidence else -1, one.focus))
    )


def _rules(folder: Path) -> dict[str, list[ox.Triple]]:
    """The shapes of each file, once they have been found to be shapes that may be run."""
    paths = sorted(folder.glob("*.ttl")) if folder.is_dir() else []
    if not paths:
        raise OwnRulesError(f"There is no file of rules in {folder}: --shapes takes a folder with .ttl files.")
    rules = {path.name: _parsed(path) for path in paths}
    every = [triple for triples in rules.values() for triple in triples]
    for file, triples in rules.items():
        _allowed(file, triples)
    for shape in sorted(_reporting(every) - {_name(one.subject) for one in every if one.predicate.value == MESSAGE}):
        file = next(name for name, triples in rules.items() if any(_name(one.subject) == shape for one in triples))
        raise OwnRulesError(f"{file}: the rule {shape} has no sh:message: say in a sentence what is wrong.")
    return rules


def _parsed(path: Path) -> list[ox.Triple]:
    if path.stat().st_size > LARGEST:
        raise OwnRulesError(
            f"{path.name} is larger than {LARGEST // 1_000_000} MB: split it, or leave out what is no rule."
        )
    try:
        read = ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)
        return [ox.Triple(quad.subject, quad.predicate, quad.object) for quad in read]
    except SyntaxError as error:
        raise OwnRulesError(f"{path.name}, line {error.lineno}, is not Turtle: {error.msg}.") from error


def _allowed(file: str, triples: Iterable[ox.Triple]) -> None:
    from rdflib import SH as WORDS_OF_SHACL
    from rdflib import URIRef

    for triple in triples:
        for term in triple:
            name = term.value if isinstance(term, ox.NamedNode) else ""
            word = f"sh:{name.removeprefix(SH)}"
            if name in FORBIDDEN:
                raise OwnRulesError(f"{file} uses {word}: own rules are SHACL core, without scripts and queries.")
            if name.startswith(SH) and URIRef(name) not in WORDS_OF_SHACL:
                raise OwnRulesError(f"{file} uses {word}, and there is no such word in SHACL: check how it is spelt.")


def _reporting(triples: list[ox.Triple]) -> set[str]:
    """The shapes that have constraints of their own, and would be named in a report."""
    parts: dict[str, list[str]] = {}
    constrained = set()
    targeted = set()
    for triple in triples:
        subject, predicate = _name(triple.subject), triple.predicate.value
        if predicate == PROPERTY:
            parts.setdefault(subject, []).append(_name(triple.object))
        elif predicate.startswith(SH) and predicate not in SPOKEN:
            constrained.add(subject)
        if predicate in TARGETS:
            targeted.add(subject)
    reached: set[str] = set()
    waiting = sorted(targeted)
    while waiting:
        shape = waiting.pop()
        if shape not in reached:
            reached.add(shape)
            waiting += parts.get(shape, [])
    return reached & constrained


def _run(shapes: bytes, data: bytes, seconds: int) -> list[dict[str, Any]]:
    """What the child found. Whatever happens in it ends as one sentence here."""
    environment = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONIOENCODING": "utf-8"}
    if root := os.environ.get("SYSTEMROOT"):
        environment["SYSTEMROOT"] = root  # Windows starts no process without it
    command = [sys.executable, "-P", "-m", "hjemmel.ownrules.jail", str(seconds), str(len(shapes))]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
    ) as child:
        try:
            told, _ = child.communicate(shapes + data, timeout=seconds + 1)
        except subprocess.TimeoutExpired:
            raise OwnRulesError(
                f"The own rules took longer than {seconds} seconds, which is the limit: simplify them."
            ) from None
        finally:
            child.kill()
    try:
        answer = json.loads(told)
    except ValueError:
        raise OwnRulesError(
            f"The own rules took more than {seconds} seconds or 1 GiB of memory, which is the limit: simplify them."
        ) from None
    if isinstance(answer, str):
        raise OwnRulesError(f"The own rules cannot be run: {answer}")
    found: list[dict[str, Any]] = answer
    return found


def _called(about: Subject, source: str) -> str:
    """What people call a provision or requirement; anything else is called as the rule has it."""
    if not source.startswith("http"):
        return source
    rows = about.store.select(CALLED, {"thing": source})
    return str(rows[0]["name"]) if rows else source


def _evidence(about: Subject, focus: str) -> "Evidence | None":
    from shapes import Evidence

    if not focus.startswith("http"):
        return None
    rows = about.store.select(WORDS, {"statement": focus}) or about.store.select(CLAUSE, {"clause": focus})
    if not rows:
        return None
    row = rows[0]
    return Evidence(
        start=int(str(row["start"])),
        end=int(str(row["end"])),
        quote=str(row["quote"]),
        place=str(row["place"]),
        clause=str(row.get("clause") or focus),
    )


def _ntriples(triples: Iterable[ox.Triple]) -> bytes:
    # Nothing is fetched, and nothing is to be tried: the imports are left out.
    kept: Iterator[ox.Triple] = (one for one in triples if not one.predicate.value.endswith("owl#imports"))
    return ox.serialize(kept, format=ox.RdfFormat.N_TRIPLES) or b""


def _name(term: object) -> str:
    return str(getattr(term, "value", term))
