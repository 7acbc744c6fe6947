"""Terms bound in the text of a query: the same rows as the engine's own substitutions, and no way out of a term."""

from collections.abc import Mapping

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hjemmel.binding import bound
from hjemmel.store import Store, value
from queries import catalogue

EX = "https://example.org/"
STATEMENTS = f"""
<{EX}a> <{EX}knows> <{EX}b>, <{EX}c> ; <{EX}says> "hei", "a }} b # \\" '' {{", "to\\nlinjer", "ordre"@nb .
<{EX}a> <{EX}n> 1, 2 .
<{EX}b> <{EX}knows> <{EX}c> ; <{EX}says> "hei" ; <{EX}n> 2 .
<{EX}c> <{EX}says> "nei" .
"""


@pytest.fixture(scope="module")
def store() -> ox.Store:
    made = ox.Store()
    made.load(STATEMENTS, format=ox.RdfFormat.TURTLE)
    return made


def node(name: str) -> ox.NamedNode:
    return ox.NamedNode(EX + name)


def rows(store: ox.Store, query: str, **terms: ox.NamedNode | ox.Literal) -> list[dict[str, object]]:
    """The rows of a query, with the engine's own substitution for the terms."""
    found = store.query(query, substitutions={ox.Variable(name): term for name, term in terms.items()} or None)
    if isinstance(found, ox.QueryTriples):
        return sorted(({"t": str(triple)} for triple in found), key=str)
    assert isinstance(found, ox.QuerySolutions)
    names = [variable.value for variable in found.variables]
    return sorted(({name: row[name] for name in names} for row in found), key=str)


QUERIES = [
    "SELECT ?s ?o WHERE { ?s <https://example.org/knows> ?o }",
    "select ?s ?o { ?s <https://example.org/knows> ?o } order by ?o limit 1",
    "SELECT ?s (COUNT(?o) AS ?count) WHERE { ?s <https://example.org/knows> ?o } GROUP BY ?s HAVING (COUNT(?o) > 0)",
    "SELECT ?s ?o WHERE { ?s <https://example.org/says> ?said OPTIONAL { ?s <https://example.org/knows> ?o } }",
    "SELECT ?s WHERE { ?s <https://example.org/says> ?said MINUS { ?s <https://example.org/n> ?n } }",
    "SELECT ?s WHERE { ?s <https://example.org/n> ?n FILTER NOT EXISTS { ?x <https://example.org/knows> ?s } }",
    "SELECT ?s WHERE { { ?s <https://example.org/n> 1 } UNION { ?x <https://example.org/knows> ?s } }",
    "SELECT ?s ?o WHERE { SELECT ?s ?o WHERE { ?s <https://example.org/knows> ?o } ORDER BY ?o LIMIT 10 }",
    "SELECT ?s (EXISTS { ?s <https://example.org/knows> ?o } AS ?any) WHERE { ?s <https://example.org/says> ?x }",
    'SELECT ?s WHERE { # "a comment {\n ?s <https://example.org/says> "hei" FILTER(?s != "}") }',
    "PREFIX select: <https://example.org/> SELECT ?s WHERE { ?s select:n ?n }",
    "SELECT ?s ?o WHERE { ?s ?p ?o { ?o ?q ?x } UNION { ?x ?q ?o FILTER(COALESCE(STR(?s), '') != '') } }",
    "SELECT ?s ?n WHERE { ?s ?p ?x { SELECT (COUNT(*) AS ?n) WHERE { ?s <https://example.org/knows> ?y } } }",
    "SELECT ?s ?n WHERE { ?s ?p ?x { SELECT ?s (COUNT(*) AS ?n) WHERE { ?s ?q ?y } GROUP BY ?s } }",
    "SELECT ?s ?n WHERE { ?s ?p ?x { SELECT * WHERE { ?s <https://example.org/n> ?n } } }",
    "SELECT ?s WHERE { VALUES ?x { 1 2 } ?s <https://example.org/n> ?x VALUES (?s ?x) { (UNDEF 1) } }",
    "SELECT ?s WHERE { ?s ?p ?o MINUS { ?x <https://example.org/n> ?s } }",
    "SELECT $s WHERE { GRAPH ?g { $s ?p ?o } }",
    "SELECT ?s FROM NAMED <https://example.org/g> WHERE { ?s ?p ?o }",
]


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("name", ["a", "b", "c", "unknown"])
def test_a_bound_variable_gives_the_rows_of_a_substituted_one(store: ox.Store, query: str, name: str) -> None:
    assert rows(store, bound(query, {ox.Variable("s"): node(name)})) == rows(store, query, s=node(name))


@pytest.mark.parametrize("name", catalogue())
def test_every_question_of_the_catalogue_can_be_bound(name: str, corpus_store: Store) -> None:
    query, engine = catalogue()[name], corpus_store._engine
    for optional in (False, True):
        for asked in ("example", f"{EX}unknown"):
            terms = {
                key: given.term(given.example if asked == "example" or given.kind == "date" else asked)
                for key, given in query.parameters.items()
                if optional or not given.optional
            }
            known = {ox.Variable(key): term for key, term in terms.items() if term}
            theirs = engine.query(query.text, substitutions=known or None, use_default_graph_as_union=True)
            assert corpus_store.select(query.text, terms) == [
                {variable.value: value(row[variable]) for variable in theirs.variables} for row in theirs
            ]


@pytest.mark.parametrize(
    "query",
    [
        "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "CONSTRUCT WHERE { ?s ?p ?o }",
        "CONSTRUCT WHERE { ?s <https://example.org/says> ?said . ?s <https://example.org/knows> ?o }",
    ],
)
def test_statements_are_constructed_of_what_is_bound(store: ox.Store, query: str) -> None:
    [*found] = rows(store, bound(query, {ox.Variable("s"): node("b")}))
    assert found
    assert all(str(row["t"]).startswith(f"<{EX}b>") for row in found)


def test_yes_or_no_is_asked_of_what_is_bound(store: ox.Store) -> None:
    query = "ASK { ?s <https://example.org/knows> ?o }"
    assert [bool(store.query(bound(query, {ox.Variable("s"): node(name)}))) for name in "abc"] == [True, True, False]


def test_two_variables_are_bound_together(store: ox.Store) -> None:
    terms: Mapping[ox.Variable, ox.NamedNode] = {ox.Variable("s"): node("a"), ox.Variable("o"): node("c")}
    assert len(rows(store, bound("SELECT ?s ?o WHERE { ?s ?p ?o }", terms))) == 1


def test_a_variable_may_be_one_of_several_terms(store: ox.Store) -> None:
    query = bound("SELECT ?s WHERE { ?s <https://example.org/says> ?o }", {ox.Variable("s"): (node("b"), node("c"))})
    assert [row["s"] for row in rows(store, query)] == [node("b"), node("c")]


TERMS = [
    ox.Literal('"} } UNION { ?s ?p ?o } #'),
    ox.Literal("\\"),
    ox.Literal("a } b # \" '' {"),
    ox.Literal("to\nlinjer"),
    ox.Literal("'''\"\"\"\r\n\t\\u0022 }"),
    ox.Literal("ordre", language="nb"),
    ox.Literal("1", datatype=ox.NamedNode(f"{EX}#x")),
    ox.NamedNode(f"{EX}x?a=(1)'#}}".replace("}", "%7D")),
]


@pytest.mark.parametrize("term", TERMS, ids=str)
def test_nothing_in_a_term_can_end_it(term: ox.NamedNode | ox.Literal) -> None:
    query = bound("SELECT ?o WHERE { ?s ?p ?o }", {ox.Variable("o"): term})
    only = ox.Store()
    only.extend(ox.Quad(node("s"), node("p"), each) for each in TERMS)
    assert rows(only, query) == [{"o": term}]


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"])), st.sampled_from(QUERIES[:4]))
def test_no_text_at_all_ends_its_term(text: str, query: str) -> None:
    term = ox.Literal(text)
    made = ox.Store()
    for each in (term, ox.Literal("another")):
        made.add(ox.Quad(node("s"), node("knows"), each))
        made.add(ox.Quad(node("s"), node("says"), each))
    found = rows(made, bound(query.replace("?s ?o WHERE", "?o WHERE"), {ox.Variable("o"): term}))
    assert {row["o"] for row in found if "o" in row} <= {term}


@pytest.mark.parametrize("address", ["http://a> } #", "http://a b", "http://a{", 'http://a"'])
def test_an_address_that_is_none_is_no_term(address: str) -> None:
    with pytest.raises(ValueError, match="IRI"):
        ox.NamedNode(address)


def test_a_query_without_a_pattern_has_nothing_to_bind() -> None:
    assert bound("DESCRIBE <https://example.org/a>", {}) == "DESCRIBE <https://example.org/a>"
    with pytest.raises(ValueError, match="no pattern"):
        bound("DESCRIBE <https://example.org/a>", {ox.Variable("s"): node("a")})
