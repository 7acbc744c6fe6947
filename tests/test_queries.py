"""The catalogue of questions: every file holds together, and asks the graph what its header says."""

import csv
import re
from collections import defaultdict
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.plugins.sparql import prepareQuery

from hjemmel.store import Store
from ingest import Document, ingest
from ontology import load
from queries import Query, QueryError, catalogue
from queries.names import Known
from queries.query import KINDS, LANGUAGES, read
from queries.question import understand

ROOT = Path(__file__).parents[1]
ID = "https://w3id.org/hjemmel/id/"
PREFIX = re.compile(r"^(?:@prefix|PREFIX)\s+(\w+):\s+<([^>]+)>", re.MULTILINE)
SELECTED = re.compile(r"SELECT\s+((?:\?\w+\s+)+)WHERE")
FEW = re.compile(
    r"helsefellesskap/(?:ahus|vestfold|sor-trondelag)|requirement/6-(?:2-8|2-13|5-oppsigelse|1-godkjenning)"
    r"|lov/2011-06-24-30(?:/par-6-[125](?:/ledd-\d)?(?:/nr-(?:8|13))?(?:/versjon/.*)?)?|body-kind/.*|side/.*"
)
# What is asked of beside the fixture: an agreement with its draft, meeting papers, guidance.
ASKED = {
    "avtale": ("agreement", "ahus", "adopted"),
    "utkast": ("agreement", "ahus", "draft"),
    "papirer": ("meeting papers", "ahus", None),
    "veileder": ("guidance", None, None),
}
# What depends on claims is judged by gold/requirements.tsv, and may gain rows here.
BY_CLAIMS = {
    "agreements_without",
    "clause_and_provision",
    "clauses_implementing",
    "coverage_matrix",
    "gp_participation",
    "missing_advice",
    "missing_requirements",
    "requirements",
    "requirements_delegated",
    "user_participation",
}
# The facts of a row that gold answers give, beside its place and its words.
FACTS = (
    *("value", "name", "modality", "action", "outcome", "kind", "relation", "heldOn", "caseNumber", "change"),
    *("coverage", "strength", "obligation", "appliesFrom", "seatCount", "office", "side", "status", "target"),
    "requirement",
)
BEGIN = {"region": "helsefellesskap/", "body": "body-kind/", "requirement": "requirement/"}
WRITTEN = {
    "bearer": ("kommunene", "kommunane", "municipalities"),
    "number": ("punkt 4.1", "punkt 4.1", "clause 4.1"),
    "strength": ("anbefalt", "tilrådd", "recommend"),
    "subject": ("«samarbeid»",) * 3,
    "text": ("«samarbeid»",) * 3,
}
REQUIRED = {"iri", "document", "region", "clause", "place", "quote"}

every_query = pytest.mark.parametrize("query", catalogue().values(), ids=catalogue())
every_question = pytest.mark.parametrize(
    "query", [query for query in catalogue().values() if query.asks], ids=lambda query: query.name
)


@cache
def quads() -> tuple[ox.Quad, ...]:
    """The small graph of the fixture beside the real ontology."""
    ontology = ox.NamedNode(f"{ID}graph/ontology")
    triples = ox.parse(load().serialize(format="nt").encode(), format=ox.RdfFormat.N_TRIPLES)
    stated = [ox.Quad(one.subject, one.predicate, one.object, ontology) for one in triples]
    return (*stated, *ox.parse(path=str(ROOT / "tests/fixtures/small.trig")))


@cache
def store() -> Store:
    return Store.of(quads())


@cache
def known() -> Known:
    return Known.of(store())


@cache
def few_quads() -> tuple[ox.Quad, ...]:
    """The fixture beside a small part of the ontology: rdflib would take minutes over the whole."""
    return tuple(
        quad
        for quad in quads()
        if quad.graph_name != ox.NamedNode(f"{ID}graph/ontology") or FEW.fullmatch(quad.subject.value.removeprefix(ID))
    )


@cache
def asked_quads() -> tuple[ox.Quad, ...]:
    found = list(few_quads())
    for name, (kind, region, status) in ASKED.items():
        text = (ROOT / f"tests/fixtures/asked/{name}.txt").read_text(encoding="utf-8")
        found += ingest(Document(id=name, text=text, title=name, kind=kind, region=region, status=status))  # type: ignore[arg-type]
    return tuple(found)


@cache
def in_rdflib() -> rdflib.Graph:
    return rdflib.Graph().parse(data="\n".join({f"{quad.triple} ." for quad in asked_quads()}), format="nt")


@cache
def asked_store() -> Store:
    return Store.of(asked_quads())


@cache
def whole() -> Store:
    """The graph of the corpus."""
    return Store.of(ox.parse(path=str(ROOT / "tests/gold/graph.nq")))


def examples(query: Query) -> dict[str, str]:
    return {name: given.example for name, given in query.parameters.items() if not given.optional}


def asked(query: Query, pattern: str, language: str) -> str:
    """A way to ask a query with its examples filled in as people would say them."""
    for name, given in query.parameters.items():
        if given.kind in WRITTEN:
            spoken = WRITTEN[given.kind][LANGUAGES.index(language)]
        else:
            spoken = given.example if given.kind == "date" else known().spoken(given.example, language)
        pattern = pattern.replace(f"{{{name}}}", spoken)
    return pattern


@every_query
def test_a_query_is_valid_sparql_in_two_engines(query: Query) -> None:
    prepareQuery(query.text)
    query.run(store(), **examples(query))


@every_query
def test_the_header_says_what_the_query_is_in_three_languages(query: Query) -> None:
    assert set(query.title) == set(LANGUAGES)
    assert not query.asks or (set(query.asks) == set(query.found) == set(LANGUAGES))
    assert all(given.kind in KINDS and given.example for given in query.parameters.values())


@every_query
def test_the_columns_are_those_selected_and_the_parameters_are_among_them(query: Query) -> None:
    [*_, outer] = [*SELECTED.findall(query.text)][:1]
    assert tuple(outer.replace("?", "").split()) == query.columns
    assert set(query.parameters) <= set(query.columns)


@every_question
def test_every_row_tells_where_it_stands(query: Query) -> None:
    assert set(query.columns) >= REQUIRED


@every_query
def test_the_rows_are_ordered(query: Query) -> None:
    assert re.search(r"^ORDER BY \?", query.text, re.MULTILINE)


@every_query
def test_the_prefixes_are_those_of_the_ontology(query: Query) -> None:
    house = dict(PREFIX.findall((ROOT / "ontology/prefixes.ttl").read_text(encoding="utf-8")))
    assert dict(PREFIX.findall(query.text)).items() <= house.items()


@every_question
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_way_to_ask_leads_back_to_its_query(query: Query, language: str) -> None:
    for pattern in query.asks[language]:
        sentence = asked(query, pattern, language)
        reading = understand(sentence, known())
        needed = {f"{{{name}}}" for name in examples(query)}
        assert reading.query == query.name or (reading.asks_back and not needed <= set(pattern.split())), sentence


@every_query
def test_rdflib_finds_the_same_rows(query: Query) -> None:
    given = {name: query.parameters[name].term(value) for name, value in examples(query).items()}
    bound = {
        name: rdflib.URIRef(term.value) if isinstance(term, ox.NamedNode) else rdflib.Literal(term.value)
        for name, term in given.items()
        if term
    }
    theirs = [
        tuple(None if term is None else str(term) for term in row)
        for row in in_rdflib().query(query.text, initBindings=bound)
    ]
    ours = [
        tuple(None if value is None else str(value) for value in row.values())
        for row in query.run(asked_store(), **examples(query))
    ]
    assert sorted(theirs, key=str) == sorted(ours, key=str)


@every_question
def test_the_sparql_shown_has_the_values_in_it_and_finds_the_same_rows(query: Query) -> None:
    given = {name: parameter.example for name, parameter in query.parameters.items() if parameter.kind != "document"}
    shown = query.sparql(whole(), {name: [value] for name, value in given.items()})
    assert "#+" not in shown
    prepareQuery(shown)
    assert whole().select(shown) == query.run(whole(), **given)


@every_query
def test_what_must_be_found_stands_before_what_may_be(query: Query) -> None:
    # An engine orders the patterns of a group up to its first OPTIONAL, MINUS or BIND; whatever must be found after
    # that is found in all of the store, for each row anew or in one great table.
    later: set[int] = set()
    for line in query.text.splitlines():
        depth, word = len(line) - len(line.lstrip()), line.split()[0] if line.strip() else ""
        later = {one for one in later if one <= depth}
        if word in ("OPTIONAL", "MINUS", "BIND"):
            later.add(depth)
        assert not (depth in later and word.startswith(("?", "<", "{", "VALUES"))), line


def value(kind: str, written: str) -> str:
    return f"{ID}{BEGIN.get(kind, '')}{written}" if kind in ("provision", *BEGIN) else written.replace("+", " ")


def told(row: dict[str, object]) -> tuple[str, str, str, str]:
    """A row as gold answers give it."""
    facts = [
        f"{name}: {' '.join(str(row[name]).replace(ID, '').split())}" for name in FACTS if row.get(name) is not None
    ]
    quote = " ".join(str(row.get("quote") or "").split())
    return (
        str(row["document"]).removeprefix(ID).removeprefix("doc/"),
        str(row.get("place") or ""),
        "; ".join(facts),
        quote if len(quote) <= 100 else f"{quote[:100].rpartition(' ')[0]} …",
    )


def named(row: tuple[str, ...]) -> tuple[str, ...]:
    """Of a gold row, the place and the requirement: how well it is covered, gold/requirements.tsv tells."""
    return *row[:2], row[2].partition("requirement: ")[2]


@pytest.mark.gold
@pytest.mark.parametrize(
    "query",
    [one for one in catalogue().values() if one.asks and one.answered_by != "similar"],
    ids=lambda query: query.name,
)
def test_the_answer_is_what_stands_in_the_documents(query: Query) -> None:
    asked: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    with (ROOT / f"tests/gold/answers/{query.name}.tsv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            expected = (row["document"], row["place"], row["facts"], row["quote"])
            asked[row["parameters"]] += [expected] if row["document"] != "-" else []
    for parameters, expected_rows in asked.items():
        pairs = dict(pair.split("=", 1) for pair in parameters.split())
        given = {name: value(query.parameters[name].kind, written) for name, written in pairs.items()}
        found = [told(row) for row in query.run(whole(), **given)]
        if query.name in BY_CLAIMS:
            assert {named(row) for row in expected_rows} <= {named(row) for row in found}, parameters
        else:
            assert list(dict.fromkeys(found)) == expected_rows, parameters


def test_a_clause_that_keeps_a_duty_out_is_in_conflict_with_it() -> None:
    [found] = catalogue()["requirements_contradicted"].run(store())
    assert (found["requirement"], found["coverage"]) == (f"{ID}requirement/6-1-godkjenning", "contradicts")


@pytest.mark.parametrize("name", [query.name for query in catalogue().values() if query.searches])
def test_an_agreement_of_another_region_is_left_out(name: str) -> None:
    query = catalogue()[name]
    rows = query.run(store(), **examples(query), region=f"{ID}helsefellesskap/ahus")
    assert {row["document"] for row in rows} <= {f"{ID}doc/ahus-samarbeidsavtale"}


def test_a_clause_implements_unless_it_is_weak_or_rejected() -> None:
    def places(requirement: str) -> list[object]:
        rows = catalogue()["clauses_implementing"].run(store(), requirement=f"{ID}requirement/{requirement}")
        return [(row["documentLabel"], row["clause"], row["quote"], row["coverage"], row["strength"]) for row in rows]

    assert places("6-2-13") == [
        ("Avtale om samarbeid, sykehus A", "13", "barn og unge som får hjelp fra begge nivåer", "delegates", "explicit")
    ]
    assert [place[:2] for place in places("6-2-8")] == [("Avtale om samarbeid, sykehus A", "8")]


def test_what_comes_nearest_is_weak_and_not_rejected() -> None:
    nearest = catalogue()["nearest_candidates"]
    [found] = nearest.run(store(), requirement=f"{ID}requirement/6-2-13")
    assert (found["documentLabel"], found["quote"]) == ("Avtale om samarbeid, sykehus B", "barn og unge")
    assert not nearest.run(store(), requirement=f"{ID}requirement/6-2-8")


def test_the_matrix_has_one_row_for_each_requirement_and_agreement() -> None:
    rows = catalogue()["coverage_matrix"].run(store())
    cells = [(row["requirement"], row["document"]) for row in rows]
    assert len(cells) == len(set(cells)) == 4 * len(catalogue()["requirements"].run(store()))
    cell = {(row["requirement"], row["documentLabel"]): row for row in rows}
    assert cell[f"{ID}requirement/6-2-13", "Avtale om samarbeid, sykehus A"]["coverage"] == "delegates"
    assert cell[f"{ID}requirement/6-1-godkjenning", "Avtale om samarbeid, sykehus A"]["coverage"] == "contradicts"
    assert cell[f"{ID}requirement/6-2-8", "Avtale om samarbeid, sykehus B"]["quote"] is None


def test_nothing_is_missing_from_an_excerpt() -> None:
    rows = catalogue()["missing_requirements"].run(store())
    assert {row["documentLabel"] for row in rows} == {
        "Avtale om samarbeid, sykehus A",
        "Avtale om samarbeid, sykehus B",
        "Utkast til avtale om samarbeid, sykehus B",
    }
    assert not {row["requirement"] for row in rows} & {
        row["requirement"] for row in rows if row["obligation"] == "recommendation"
    }


def test_a_clause_that_cites_an_item_cites_its_section_too() -> None:
    rows = catalogue()["clauses_citing"].run(store(), provision=f"{ID}lov/2011-06-24-30")
    assert [row["quote"] for row in rows] == ["helse- og omsorgstjenesteloven § 6-1", "§ 6-2"]


def test_the_text_of_a_provision_is_that_of_the_day() -> None:
    text = catalogue()["provision_text"]
    section = f"{ID}lov/2011-06-24-30/par-6-5"
    assert [row["place"] for row in text.run(store(), provision=section)] == [
        "hol. § 6-5 første ledd",
        "hol. § 6-5 andre ledd",
    ]
    assert len(text.run(store(), provision=section, date="2012-01-01")) == 2
    assert not text.run(store(), provision=section, date="2011-12-31")


def test_terms_are_dates_and_durations_where_they_can_be() -> None:
    [force] = catalogue()["dates_of_force"].run(store())
    assert (force["value"], force["quote"]) == ("2024-09-12", "gjelder fra 12.09.2024")
    documents = {row["identifier"]: row["madeOn"] for row in catalogue()["documents"].run(store())}
    assert documents["ahus-samarbeidsavtale"] == date(2024, 9, 12)


def test_the_order_of_a_dispute_is_kept() -> None:
    rows = catalogue()["dispute_steps"].run(store())
    assert all(one["start"] < two["start"] for one, two in pairwise(rows))


@pytest.mark.parametrize(
    "value",
    [
        "x> } DELETE WHERE { ?s ?p ?o } #",
        'http://example.org/> . ?s ?p "',
        "https://example.org/a b",
        "vestfold",
        "",
        "?region",
    ],
)
def test_a_value_cannot_become_part_of_the_query(value: str) -> None:
    with pytest.raises(QueryError, match="region must be the address"):
        catalogue()["parties"].run(store(), region=value)


@pytest.mark.parametrize(
    "words", ['") } #', "\\", "«samarbeid»", "?quote", "'\n} DELETE WHERE { ?s ?p ?o } #", "%s{0}"]
)
def test_words_to_be_found_are_only_words(words: str) -> None:
    query = catalogue()["clauses_mentioning"]
    assert not query.run(store(), text=words)
    shown = query.sparql(store(), {"text": [words]})
    prepareQuery(shown)
    assert not store().select(shown)
    with pytest.raises(QueryError, match="text must be some words, at most 200"):
        query.run(store(), text=words * 201)


@pytest.mark.parametrize(
    ("name", "values", "told"),
    [
        (
            "clauses_implementing",
            {},
            "clauses_implementing needs requirement: give the address (IRI) of a requirement.",
        ),
        ("parties", {"town": "x"}, "parties has no parameter town: it takes region, document."),
        ("requirements", {"town": "x"}, "requirements has no parameter town: it takes none."),
        (
            "provision_text",
            {"provision": f"{ID}lov/2011-06-24-30/par-6-5", "date": "1. august"},
            "provision_text: date must be a date such as 2022-08-01, not '1. august'.",
        ),
    ],
)
def test_a_wrong_call_is_told_what_is_expected(name: str, values: dict[str, str], told: str) -> None:
    with pytest.raises(QueryError) as raised:
        catalogue()[name].run(store(), **values)
    assert str(raised.value) == told


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("title.nb = ", "is not TOML"),
        ('title.nb = "a"\n#+ title.nn = "a"', "has no title.en"),
        ('title = {nb = "a", nn = "a", en = "a"}', "has no columns"),
        ('title = {nb = "a", nn = "a", en = "a"}\n#+ columns = ["a"]\n#+ asks.nb = ["a"]', "has no found.nb"),
        (
            'title = {nb = "a", nn = "a", en = "a"}\n#+ columns = ["a"]\n#+ [parameters.a]\n#+ kind = "colour"',
            "parameter a needs an example and a kind, one of region, document",
        ),
    ],
)
def test_a_broken_header_is_told_in_one_sentence(header: str, told: str) -> None:
    with pytest.raises(QueryError, match=re.escape(told)) as raised:
        read("broken.rq", f"#+ {header}\n\nSELECT ?a WHERE {{ ?a ?b ?c }} ORDER BY ?a")
    assert str(raised.value).startswith("broken.rq: ")
