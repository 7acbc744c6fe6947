"""The network of law, requirements, clauses, bodies and documents."""

from collections import Counter
from io import BytesIO

import networkx as nx
import pytest
from lxml import etree

from hjemmel.export.graphml import graph_ml
from hjemmel.network import (
    LENGTH,
    NoPathError,
    hierarchy,
    named,
    network,
    orphan_clauses,
    orphan_requirements,
    path,
    relation,
    weightiest,
)
from hjemmel.store import ID, Store

AHUS = f"{ID}doc/ahus-samarbeidsavtale"
VESTFOLD = f"{ID}doc/vestfold-samarbeidsavtale"
GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"


@pytest.fixture(scope="module")
def found(corpus_store: Store) -> "nx.MultiDiGraph[str]":
    return network(corpus_store)


@pytest.fixture(scope="module")
def written(corpus_store: Store) -> bytes:
    out = BytesIO()
    graph_ml(corpus_store.quads(), out)
    return out.getvalue()


def test_every_edge_is_of_a_known_kind_and_says_something_in_three_languages(found: "nx.MultiDiGraph[str]") -> None:
    kinds = {data["kind"] for _, _, data in found.edges(data=True)}
    assert {"implements", "cites", "legalBasis", "partOf", "reportsTo", "delegatedBy", "describes"} <= kinds
    assert kinds <= set(LENGTH)
    for kind in LENGTH:
        for backwards in (False, True):
            assert len({relation(kind, language, backwards=backwards) for language in ("nb", "en")}) == 2


def test_the_network_of_a_document_is_what_the_whole_one_has_of_it(
    corpus_store: Store, found: "nx.MultiDiGraph[str]"
) -> None:
    for document in (AHUS, VESTFOLD):
        told = Counter(
            (source, target, *sorted(data.items(), key=str))
            for source, target, data in found.edges(data=True)
            if data["document"] in (None, document)
        )
        own = network(corpus_store, document)
        assert told == Counter(
            (source, target, *sorted(data.items(), key=str)) for source, target, data in own.edges(data=True)
        )
        assert all(found.nodes[node] == data for node, data in own.nodes(data=True))


def test_every_node_has_a_kind_and_a_label(found: "nx.MultiDiGraph[str]") -> None:
    assert {data["kind"] for _, data in found.nodes(data=True)} == {
        *("act", "provision", "requirement", "clause", "body", "document", "region", "agreement", "organisation"),
    }
    assert all(data["label"] for _, data in found.nodes(data=True))


def test_every_quoted_edge_stands_in_its_document(corpus_store: Store, found: "nx.MultiDiGraph[str]") -> None:
    rows = corpus_store.select("SELECT ?document ?text WHERE { ?document hj:storedText ?text }")
    texts = {str(row["document"]): str(row["text"]) for row in rows}
    quoted = [data for _, _, data in found.edges(data=True) if data.get("quote")]
    assert len(quoted) > 300
    assert all(texts[data["document"]][data["start"] : data["end"]] == data["quote"] for data in quoted)
    assert not any(
        data["kind"] in ("implements", "cites", "reportsTo", "describes") and not data.get("quote")
        for _, _, data in found.edges(data=True)
    )


def test_a_clause_leads_to_the_law_by_its_requirement(found: "nx.MultiDiGraph[str]") -> None:
    steps = path(found, f"{AHUS}/clause/3/nr-13", f"{ID}lov/2011-06-24-30/par-6-2")
    assert [step.sentence() for step in steps] == [
        "kap. 3 nr. 13 (Samarbeidsavtale mellom Akershus universitetssykehus HF og kommunene i opptaksområdet) "
        "gjennomfører § 6-2 nr. 13: barn og unge",
        "§ 6-2 nr. 13: barn og unge har hjemmel i hol. § 6-2 nr. 13",
        "hol. § 6-2 nr. 13 er en del av hol. § 6-2 første ledd",
        "hol. § 6-2 første ledd er en del av hol. § 6-2",
    ]
    assert steps[0].words is not None
    assert steps[0].words.quote == "Barn og unge som mottar tjenester fra begge forvaltningsnivåene"


def test_a_path_can_be_walked_either_way(found: "nx.MultiDiGraph[str]") -> None:
    there = path(found, f"{AHUS}/clause/8", f"{ID}lov/2011-06-24-30/par-6-5")
    back = path(found, f"{ID}lov/2011-06-24-30/par-6-5", f"{AHUS}/clause/8")
    assert [step.relation for step in there] == [step.relation for step in reversed(back)]
    assert all(step.backwards for step in back)
    assert back[-1].sentence("en").startswith("§ 6-5: ")


def test_a_thing_is_found_by_its_label(found: "nx.MultiDiGraph[str]") -> None:
    assert named(found, f"{ID}hol. § 6-5", "hol. § 6-5") == f"{ID}lov/2011-06-24-30/par-6-5"
    assert named(found, f"{AHUS}/clause/8", "?") == f"{AHUS}/clause/8"


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [(f"{ID}doc/nowhere", AHUS, "is not in the network"), (AHUS, f"{ID}lov/1900-01-01-1", "is not in the network")],
)
def test_what_is_not_there_has_no_path(found: "nx.MultiDiGraph[str]", start: str, end: str, told: str) -> None:
    with pytest.raises(NoPathError, match=told):
        path(found, start, end)


def test_things_that_do_not_hang_together_are_told_so(found: "nx.MultiDiGraph[str]") -> None:
    alone = next(node for node, degree in found.degree() if degree == 0)
    with pytest.raises(NoPathError, match="do not hang together"):
        path(found, alone, AHUS)


def test_the_weight_of_a_provision_is_what_the_graph_counts(corpus_store: Store, found: "nx.MultiDiGraph[str]") -> None:
    heaviest = weightiest(found, 5)
    assert [one.total for one in heaviest] == sorted((one.total for one in heaviest), reverse=True)
    assert heaviest[0].label == "hol. § 6-1"
    for one in heaviest:
        [row] = corpus_store.select(
            "SELECT ?provision (COUNT(DISTINCT ?citation) AS ?count) WHERE { ?citation hj:target ?provision }"
            " GROUP BY ?provision",
            {"provision": one.provision},
        )
        assert row["count"] == one.citations


def test_bodies_stand_by_tier_with_whom_they_report_to(found: "nx.MultiDiGraph[str]") -> None:
    ranks = hierarchy(found, AHUS)
    assert [(rank.tier, rank.label) for rank in ranks[:3]] == [
        (1, "Partnerskapsmøtet"),
        (2, "Strategisk samarbeidsutvalg"),
        (3, "Faglige samarbeidsutvalg"),
    ]
    assert (ranks[1].relation, ranks[1].above) == ("delegatedBy", f"{AHUS}/body/partnerskapsmote")
    assert ranks[1].words is not None
    reports = {rank.label: rank.above.rpartition("/")[2] for rank in hierarchy(found) if rank.relation == "reportsTo"}
    assert reports["Faglig samarbeidsutvalg"] == "strategisk-samarbeidsutvalg"


def test_a_clause_with_a_claim_or_citation_below_it_is_no_orphan(found: "nx.MultiDiGraph[str]") -> None:
    orphans = {one.iri for one in orphan_clauses(found, VESTFOLD)}
    assert f"{VESTFOLD}/clause/underskrift" in orphans
    assert not orphans & {f"{VESTFOLD}/clause/{place}" for place in ("2", "2/punkt-1", "4", "4.2/punkt-3", "6", "7")}


def test_a_requirement_that_one_agreement_meets_is_an_orphan_in_another(found: "nx.MultiDiGraph[str]") -> None:
    everywhere = {one.iri for one in orphan_requirements(found)}
    in_vestfold = {one.iri for one in orphan_requirements(found, VESTFOLD)}
    assert everywhere < in_vestfold
    assert f"{ID}requirement/6-2-13" in in_vestfold - everywhere


def test_graphml_is_read_back_as_the_same_network(found: "nx.MultiDiGraph[str]", written: bytes) -> None:
    read = nx.read_graphml(BytesIO(written), force_multigraph=True)
    assert set(read.nodes) == set(found.nodes)
    assert read.number_of_edges() == found.number_of_edges()
    step = read.get_edge_data(f"{AHUS}/clause/3/nr-13", f"{ID}requirement/6-2-13")
    assert [(data["kind"], data["coverage"], data["start"]) for data in step.values()] == [
        (data["kind"], data["coverage"], data["start"])
        for data in found.get_edge_data(f"{AHUS}/clause/3/nr-13", f"{ID}requirement/6-2-13").values()
    ]


def test_graphml_has_the_structure_of_the_format(written: bytes) -> None:
    root = etree.fromstring(written, etree.XMLParser(resolve_entities=False))
    assert root.tag == f"{GRAPHML}graphml"
    keys = {key.get("id"): key for key in root.iter(f"{GRAPHML}key")}
    assert {key.get("attr.type") for key in keys.values()} <= {"string", "long", "int"}
    assert {key.get("for") for key in keys.values()} == {"node", "edge"}
    [graph] = root.findall(f"{GRAPHML}graph")
    assert graph.get("edgedefault") == "directed"
    nodes = [node.get("id") for node in graph.iter(f"{GRAPHML}node")]
    edges = list(graph.iter(f"{GRAPHML}edge"))
    assert len(set(nodes)) == len(nodes)
    assert len({edge.get("id") for edge in edges}) == len(edges)
    assert {end for edge in edges for end in (edge.get("source"), edge.get("target"))} <= set(nodes)
    for thing in (*graph.iter(f"{GRAPHML}node"), *edges):
        told = list(thing)
        assert len({data.get("key") for data in told}) == len(told)
        for data in told:
            key = keys[data.get("key")]
            assert thing.tag.endswith(key.get("for"))
            assert data.text and not len(data)
            assert key.get("attr.type") == "string" or data.text.isdigit()


def test_two_exports_are_the_same(corpus_store: Store, written: bytes) -> None:
    again = BytesIO()
    graph_ml(reversed(list(corpus_store.quads())), again)
    assert again.getvalue() == written
