"""The built graph: what it must hold whatever the documents say, and the golden copy of what it says of the corpus."""

from collections import Counter
from functools import cache
from hashlib import sha256
from importlib.resources import as_file, files
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hjemmel.build import corpus_quads
from ingest import Document, ingest
from ingest.privacy import masked

GOLD = Path(__file__).parent / "gold"
ID = "https://w3id.org/hjemmel/id/"
HJ = "https://w3id.org/hjemmel/ns#"
OA = "http://www.w3.org/ns/oa#"


@cache
def built() -> tuple[ox.Quad, ...]:
    with as_file(files("corpus")) as folder:
        return tuple(corpus_quads(folder))


@cache
def store() -> ox.Store:
    loaded = ox.Store()
    loaded.bulk_extend(built())
    return loaded


def rows(sparql: str) -> list[tuple[str, ...]]:
    solutions = store().query(f"PREFIX hj: <{HJ}> PREFIX oa: <{OA}> {sparql}", use_default_graph_as_union=True)
    return [tuple(term.value if term else "" for term in row) for row in solutions]


def test_the_graph_is_the_golden_graph() -> None:
    lines = sorted({f"{quad} ." for quad in built()})
    golden = (GOLD / "graph.nq").read_text(encoding="utf-8").splitlines()
    gained, lost = set(lines) - set(golden), set(golden) - set(lines)
    assert not gained and not lost, (
        f"{len(gained)} statements gained and {len(lost)} lost, first: {sorted(gained)[:3]} / {sorted(lost)[:3]}; "
        "if this is meant: hjemmel build && hjemmel export --format nq --out tests/gold/graph.nq, and read the diff"
    )


def test_reading_the_corpus_again_gives_the_same_graph() -> None:
    with as_file(files("corpus")) as folder:
        assert set(corpus_quads(folder)) == set(built())


def test_there_are_no_blank_nodes() -> None:
    assert not [
        quad for quad in built() if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode)
    ]


def test_a_triple_stands_in_one_graph_only() -> None:
    count = Counter(quad.triple for quad in set(built()))
    assert not [str(triple) for triple, times in count.items() if times > 1][:5]


def test_every_address_is_plain_ascii() -> None:
    minted = {quad.subject.value for quad in built() if quad.subject.value.startswith(ID)}
    assert not [address for address in minted if not address.isascii() or " " in address]


def test_every_quote_stands_at_its_offsets() -> None:
    texts = dict(rows("SELECT ?document ?text { ?document hj:storedText ?text }"))
    quotes = rows(
        "SELECT ?document ?quote ?start ?end { ?evidence oa:hasSource ?document ; oa:hasSelector ?selector ."
        " ?selector oa:exact ?quote ; oa:start ?start ; oa:end ?end }"
    )
    assert len(quotes) > 300
    assert not [row for row in quotes if texts[row[0]][int(row[2]) : int(row[3])] != row[1]]


def test_every_clause_is_its_words_in_the_text() -> None:
    texts = dict(rows("SELECT ?document ?text { ?document hj:storedText ?text }"))
    clauses = rows(
        "SELECT ?document ?text ?start ?end"
        " { ?clause a hj:Clause ; hj:document ?document ; hj:text ?text ; hj:start ?start ; hj:end ?end }"
    )
    assert len(clauses) > 200
    assert not [row for row in clauses if texts[row[0]][int(row[2]) : int(row[3])] != row[1]]


@pytest.mark.parametrize("kind", ["Citation", "Claim", "Term"])
def test_every_statement_has_evidence_and_a_clause(kind: str) -> None:
    total = rows(f"SELECT ?it {{ ?it a hj:{kind} }}")
    grounded = rows(
        f"SELECT DISTINCT ?it {{ ?it a hj:{kind} ; hj:evidence ?evidence ; hj:clause ?clause ."
        " ?clause a hj:Clause . ?evidence a hj:Evidence }"
    )
    assert total
    assert set(total) == set(grounded)


def test_the_digest_is_that_of_the_stored_text() -> None:
    for text, digest in rows("SELECT ?text ?digest { ?document hj:storedText ?text ; hj:textDigest ?digest }"):
        assert sha256(text.encode()).hexdigest() == digest


def test_no_address_or_name_of_a_private_person_is_in_the_graph() -> None:
    assert not [row for row in rows("SELECT ?text { ?document hj:storedText ?text }") if masked(row[0]) != row[0]]


def test_the_guidance_gives_section_6_2_its_thirteen_items() -> None:
    items = rows(
        f"SELECT ?number ?text {{ ?item hj:hasVersion ?version ; hj:number ?number ; hj:ledd 1 ; hj:section '6-2' ;"
        f" hj:act <{ID}lov/2011-06-24-30> . ?version hj:text ?text }}"
    )
    assert sorted(int(number) for number, _ in items) == list(range(1, 14))
    assert "barn og unge med sammensatte vansker og lidelser" in dict(items)["13"]


def test_an_agreement_inside_meeting_papers_is_a_version_of_its_own() -> None:
    inner = rows(
        "SELECT ?part ?whole ?status { ?part a hj:AgreementVersion ; hj:status ?status ;"
        " <http://purl.org/dc/terms/isPartOf> ?whole . ?whole a hj:MeetingPapers }"
    )
    assert [row[2] for row in inner] == [f"{HJ}Draft"]


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet=st.sampled_from("1234567890. §-•\n\f aæøåSkLoven()hol"), max_size=400))
def test_any_text_becomes_a_graph_whose_quotes_stand(text: str) -> None:
    document = Document(id="tilfeldig", text=text, title="Tilfeldig", kind="agreement")
    quads = list(ingest(document))
    assert set(quads) == set(ingest(document))
    selectors = {quad.subject: {} for quad in quads if quad.predicate.value == f"{OA}exact"}
    for quad in quads:
        if quad.subject in selectors:
            selectors[quad.subject][quad.predicate.value.removeprefix(OA)] = quad.object.value
    for found in selectors.values():
        assert text[int(found["start"]) : int(found["end"])] == found["exact"]
