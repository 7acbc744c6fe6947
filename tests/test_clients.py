"""The clients that people have: each gets the same rows."""

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from urllib.parse import urlencode

import httpx
import pytest

from hjemmel import endpoint
from tests.serving import served

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork")

TITLE = "http://purl.org/dc/terms/title"
TITLES = ["Førde, «avtale»", "Nord-Odal\n2. linje", "Ås;1"]
QUERY = f"SELECT ?title WHERE {{ ?thing <{TITLE}> ?title }} ORDER BY ?title"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path = tmp_path_factory.mktemp("data") / "graph.nq"
    written = [title.replace("\n", "\\n") for title in TITLES]
    path.write_text(
        "".join(f'<a:{n}> <{TITLE}> "{title}"@nb <a:graph> .\n' for n, title in enumerate(written)), encoding="utf-8"
    )
    with served(endpoint.app(lambda: path)) as client:
        yield f"{client.base_url}/sparql"


def by_curl(address: str) -> list[str]:
    curl = shutil.which("curl")
    if curl is None:
        pytest.skip("curl is not installed")
    command = [curl, "--silent", "--fail", address, "-H", "Accept: application/sparql-results+json"]
    answer = subprocess.run([*command, "--data-urlencode", f"query={QUERY}"], check=True, capture_output=True).stdout
    return [row["title"]["value"] for row in httpx.Response(200, content=answer).json()["results"]["bindings"]]


def by_httpx(address: str) -> list[str]:
    answer = httpx.get(address, params={"query": QUERY}, trust_env=False).json()
    return [row["title"]["value"] for row in answer["results"]["bindings"]]


def by_sparqlwrapper(address: str) -> list[str]:
    wrapper = pytest.importorskip("SPARQLWrapper")
    client = wrapper.SPARQLWrapper(address)
    client.setQuery(QUERY)
    client.setReturnFormat(wrapper.JSON)
    return [row["title"]["value"] for row in client.queryAndConvert()["results"]["bindings"]]


def by_rdflib(address: str) -> list[str]:
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    return [str(row[0]) for row in SPARQLStore(address).query(QUERY)]


def by_pandas(address: str) -> list[str]:
    pandas = pytest.importorskip("pandas")
    answer = httpx.get(address, params={"query": QUERY}, headers={"Accept": "text/csv"}, trust_env=False)
    return list(pandas.read_csv(io.StringIO(answer.text))["title"].str.replace("\r\n", "\n"))


def by_pandas_from_the_address(address: str) -> list[str]:
    pandas = pytest.importorskip("pandas")
    found = pandas.read_csv(f"{address}?{urlencode({'query': QUERY})}", storage_options={"Accept": "text/csv"})
    return list(found["title"])


def by_comunica(address: str) -> list[str]:
    comunica = shutil.which("comunica-sparql") or os.environ.get("COMUNICA_SPARQL")
    if comunica is None:
        pytest.skip("Comunica is not installed: npm install --global @comunica/query-sparql@3.3.0")
    command = [comunica, f"sparql@{address}", QUERY, "-t", "application/sparql-results+json"]
    answer = subprocess.run(command, check=True, capture_output=True, timeout=120).stdout
    return [row["title"]["value"] for row in httpx.Response(200, content=answer).json()["results"]["bindings"]]


@pytest.mark.parametrize(
    "asked",
    [by_curl, by_httpx, by_sparqlwrapper, by_rdflib, by_pandas, by_pandas_from_the_address, by_comunica],
    ids=lambda asked: asked.__name__,
)
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_every_client_gets_the_same(address: str, asked: Callable[[str], list[str]]) -> None:
    assert asked(address) == sorted(TITLES)
