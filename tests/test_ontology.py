"""The vocabulary holds together: every word is defined, explained in two languages, and real where it is borrowed."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import DCTERMS, ORG, OWL, PROV, RDF, RDFS, SH, SKOS, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DefinedNamespace
from rdflib.term import Node

from ontology import CCCEV, DPV, ELI, HJ, OA, load

ROOT = Path(__file__).parents[1]
FILES = sorted((ROOT / "ontology").glob("*.ttl"))
SHAPES = sorted((ROOT / "shapes").glob("*.ttl"))
TURTLE = FILES + SHAPES + sorted((ROOT / "tests" / "gold" / "shapes").glob("*.ttl"))
QUERIES = sorted((ROOT / "queries").glob("**/*.rq"))
PYTHON = sorted(
    path for folder in ("ontology", "ingest", "shapes", "queries", "hjemmel") for path in ROOT.glob(f"{folder}/**/*.py")
)
PREFIX = re.compile(r"^\s*@?prefix\s+([\w-]*):\s*<([^>]*)>", re.IGNORECASE | re.MULTILINE)
NAMES = dict(PREFIX.findall((ROOT / "ontology" / "prefixes.ttl").read_text(encoding="utf-8")))
OURS = load()
BASE = "https://w3id.org/hjemmel/id/"
VOCABULARY = {path.stem: Graph().parse(path) for path in FILES if path.stem not in {"laws", "requirements", "actors"}}
TERMS = sorted(
    {URIRef(str(term)) for graph in VOCABULARY.values() for term in graph.subjects() if str(term).startswith(str(HJ))}
)
CONCEPTS = [term for term in TERMS if (term, RDF.type, SKOS.Concept) in OURS]
REQUIREMENTS = sorted(URIRef(str(node)) for node in OURS.subjects(RDF.type, HJ.Requirement))

# Words of vocabularies that rdflib has no list of, each checked by hand against the published vocabulary.
CHECKED: dict[str, set[str]] = {
    # ELI 1.5, http://data.europa.eu/eli/ontology
    str(ELI): {
        *("ComplexWork", "LegalResource", "LegalResourceSubdivision", "Work", "WorkSubdivision"),
        *("cites", "date_applicability", "date_document", "date_no_longer_in_force", "has_member", "id_local"),
        *("is_about", "is_member_of", "is_part_of", "number", "refers_to"),
    },
    # Web Annotation Vocabulary, https://www.w3.org/TR/annotation-vocab/
    str(OA): {
        *("SpecificResource", "TextPositionSelector", "TextQuoteSelector"),
        *("end", "exact", "hasSelector", "hasSource", "prefix", "start", "suffix"),
    },
    # CCCEV 2.1.0, https://semiceu.github.io/CCCEV/releases/2.1.0/
    str(CCCEV): {"Criterion", "Evidence", "isDerivedFrom", "supportsRequirement"},
    # Data Privacy Vocabulary 2, module Rules, https://w3id.org/dpv/modules/rules
    str(DPV): {"Obligation", "Permission", "Prohibition", "Recommendation", "Rule"},
    # ELI for draft legislation (ELI-DL 3), meetings and decisions
    "http://data.europa.eu/eli/eli-draft-legislation-ontology#": {"Activity", "Decision"},
    # LegalRuleML 1.0 metamodel, https://docs.oasis-open.org/legalruleml/legalruleml-core-spec/v1.0/
    "http://docs.oasis-open.org/legalruleml/ns/v1.0/metamodel#": {
        *("Obligation", "Permission", "PrescriptiveStatement", "Prohibition"),
    },
}  # fmt: skip


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def words(path: Path) -> set[URIRef]:
    """Every IRI that a Turtle file uses, datatypes among them."""
    found: set[URIRef] = set()
    for triple in Graph().parse(path):
        found |= {node for node in triple if isinstance(node, URIRef)}
        found |= {node.datatype for node in triple if isinstance(node, Literal) and node.datatype}
    return found


def hj_words(path: Path) -> Iterator[str]:
    """The local names of our vocabulary that a query or a module uses."""
    source = path.read_text(encoding="utf-8")
    yield from re.findall(r"\bhj:([A-Za-z]\w*)", source)
    if path.suffix == ".py":
        yield from re.findall(r"\bHJ\.([A-Za-z]\w*)", source)
        yield from re.findall(r"""\bHJ\[["']([A-Za-z]\w*)["']\]""", source)


@pytest.mark.parametrize("path", TURTLE, ids=relative)
def test_every_file_is_well_formed_and_uses_the_agreed_prefixes(path: Path) -> None:
    Graph().parse(path)
    for name, namespace in PREFIX.findall(path.read_text(encoding="utf-8")):
        assert NAMES.get(name) == namespace, f"{relative(path)} calls <{namespace}> {name}:"


@pytest.mark.parametrize("path", QUERIES, ids=relative)
def test_every_query_uses_the_agreed_prefixes(path: Path) -> None:
    for name, namespace in PREFIX.findall(path.read_text(encoding="utf-8")):
        assert NAMES.get(name) == namespace, f"{relative(path)} calls <{namespace}> {name}:"


@pytest.mark.parametrize("path", TURTLE, ids=relative)
def test_every_borrowed_word_exists_in_its_vocabulary(path: Path) -> None:
    unknown: set[str] = set()
    closed: dict[str, type[DefinedNamespace]] = {str(n): n for n in (RDF, RDFS, OWL, SKOS, DCTERMS, SH, PROV, ORG, XSD)}
    for word in words(path):
        for namespace, vocabulary in closed.items():
            # rdf:_1 and the namespaces themselves are not words.
            if word.startswith(namespace) and word != URIRef(namespace) and word not in vocabulary:
                unknown.add(word)
        for namespace, known in CHECKED.items():
            if word.startswith(namespace) and word.removeprefix(namespace) not in known:
                unknown.add(word)
    assert not unknown


@pytest.mark.parametrize("path", TURTLE, ids=relative)
def test_every_word_of_ours_in_the_data_is_defined(path: Path) -> None:
    assert not {word for word in words(path) if word.startswith(str(HJ))} - set(TERMS)


@pytest.mark.parametrize("path", QUERIES + PYTHON, ids=relative)
def test_every_word_of_ours_in_a_query_or_a_module_is_defined(path: Path) -> None:
    assert not {word for word in hj_words(path) if HJ[word] not in TERMS}


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_the_ontology_has_no_nameless_things(path: Path) -> None:
    assert not {node for triple in Graph().parse(path) for node in triple if isinstance(node, BNode)}


@pytest.mark.parametrize("path", [path for path in FILES if path.stem != "prefixes"], ids=relative)
def test_every_file_says_what_it_is_in_two_languages(path: Path) -> None:
    graph = Graph().parse(path)
    [header] = graph.subjects(RDF.type, OWL.Ontology)
    assert languages(graph, header, DCTERMS.title) >= {"nb", "en"}


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.removeprefix(str(HJ)))
def test_every_term_is_explained_once_in_each_language_and_has_its_place(term: URIRef) -> None:
    people_read_it = term in CONCEPTS
    assert languages(OURS, term, RDFS.label) == ({"nb", "nn", "en"} if people_read_it else {"nb", "en"})
    assert languages(OURS, term, RDFS.comment) == {"nb", "en"}
    assert all(str(comment).endswith(".") for comment in OURS.objects(term, RDFS.comment))
    assert OURS.value(term, RDFS.isDefinedBy) == URIRef("https://w3id.org/hjemmel/ns")
    [kind] = OURS.objects(term, RDF.type)
    place: dict[Node, URIRef] = {
        OWL.Class: RDFS.subClassOf,
        OWL.ObjectProperty: RDFS.range,
        OWL.DatatypeProperty: RDFS.range,
        SKOS.Concept: SKOS.inScheme,
    }
    assert kind == SKOS.ConceptScheme or OURS.value(term, place[kind])


@pytest.mark.parametrize("name", sorted(VOCABULARY), ids=str)
def test_terms_stand_in_alphabetical_order(name: str) -> None:
    text = (ROOT / "ontology" / f"{name}.ttl").read_text(encoding="utf-8")
    found = re.findall(r"^hj:(\w+) ", text, re.MULTILINE)
    assert found == sorted(found, key=lambda word: (word.lower(), word))


def test_a_term_is_defined_in_one_file_only() -> None:
    owners = [term for graph in VOCABULARY.values() for term in graph.subjects(RDF.type) if term in TERMS]
    assert len(owners) == len(set(owners))


def test_every_concept_has_a_notation_of_its_own_in_a_defined_list() -> None:
    names = [(OURS.value(concept, SKOS.inScheme), OURS.value(concept, SKOS.notation)) for concept in CONCEPTS]
    assert len(names) == len(set(names))
    assert {(scheme, RDF.type, SKOS.ConceptScheme) in OURS for scheme, _ in names} == {True}


def test_agreements_borrow_nothing_that_only_legislation_may_have() -> None:
    # The domain of these is legislation: a reasoner would take every agreement for an act.
    reserved = {ELI.implements, ELI.cites, ELI.in_force}
    assert not reserved & {word for path in TURTLE for word in words(path)}


@pytest.mark.parametrize("path", TURTLE, ids=relative)
def test_every_legal_source_is_a_provision_we_know(path: Path) -> None:
    provisions = set(OURS.subjects(RDF.type, HJ.Provision))
    cited = {
        source
        for predicate in (DCTERMS.source, HJ.legalBasis)
        for source in Graph().parse(path).objects(None, predicate)
        if str(source).startswith((f"{BASE}lov/", f"{BASE}forskrift/"))
    }
    if provisions:
        assert not cited - provisions


@pytest.mark.parametrize("requirement", REQUIREMENTS, ids=lambda node: node.removeprefix(BASE))
def test_every_requirement_can_be_shown_dated_and_traced_to_the_law(requirement: URIRef) -> None:
    assert languages(OURS, requirement, SKOS.prefLabel) >= {"nb", "nn", "en"}
    assert languages(OURS, requirement, SKOS.definition) >= {"nb", "en"}
    assert OURS.value(requirement, SKOS.notation)
    strength, kind = OURS.value(requirement, HJ.strength), OURS.value(requirement, HJ.requirementKind)
    assert OURS.value(strength, SKOS.inScheme) == HJ.Modality
    assert OURS.value(kind, SKOS.inScheme) == HJ.RequirementKind
    # Advice has no day of entry into force.
    assert kind == HJ.GuidanceAdvice or OURS.value(requirement, HJ.appliesFrom)
    assert OURS.value(requirement, HJ.legalBasis)


def test_the_namespaces_of_the_code_are_those_of_the_prefixes() -> None:
    for name, namespace in {"hj": HJ, "cccev": CCCEV, "dpv": DPV, "eli": ELI, "oa": OA}.items():
        assert Namespace(NAMES[name]) == namespace


def languages(graph: Graph, subject: Node, predicate: URIRef) -> set[str | None]:
    found = [value.language for value in graph.objects(subject, predicate) if isinstance(value, Literal)]
    assert len(found) == len(set(found)), f"{subject} says {predicate} twice in one language"
    return set(found)
