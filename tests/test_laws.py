"""`hjemmel laws`: the law is fetched over HTTP or given as files, kept with its checksum, and stands in the graph."""

import io
import json
import subprocess
import sys
import tarfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from hjemmel import laws
from hjemmel.lovdata import LawsError
from ingest.citations import citations_in
from ingest.readers.archive import laws as unpacked

SHARED = Path(__file__).parents[2] / "shared" / "law" / "lovdata"
LAW = """<!DOCTYPE html><html lang="nb"><head><title>{title}</title></head><body><header id="hode"><dl>
<dd class="dokid">NL/{law}</dd><dd class="dateInForce">2030-07-01</dd><dd class="titleShort">{short}</dd>
<dd class="title">{title}</dd><dd class="refid">{law}</dd></dl></header>
<main class="documentBody" data-lovdata-URL="NL/{law}"><article class="legalArticle" data-name="§4"><h3>
<span class="legalArticleTitle">Plikter</span></h3><article class="legalP">{words}</article></article>
</main></body></html>"""
ACT = LAW.format(
    law="lov/2030-01-02-3",
    title="Lov om fjellvett (fjellvettloven)",
    short="Fjellvettloven – fvl2",
    words="Snu i tide.",
)
OTHER = LAW.format(law="lov/2030-01-02-4", title="Lov om vær (værloven)", short="Værloven", words="Se etter været.")
RULE = LAW.format(
    law="forskrift/2030-03-04-55", title="Forskrift om skred", short="Skredforskriften", words="Hold avstand."
)


def packed(files: dict[str, str]) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:bz2") as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content.encode())
            archive.addfile(entry, io.BytesIO(content.encode()))
    return made.getvalue()


ARCHIVES = {
    "gjeldende-lover.tar.bz2": packed(
        {"nl/nl-20300102-003.xml": ACT, "nl/nl-20300102-004.xml": OTHER, "les-meg.txt": "Hei"}
    ),
    "gjeldende-sentrale-forskrifter.tar.bz2": packed({"../../sf/sf-20300304-0055.xml": RULE, "nl/nl-1.xml": "<ikke"}),
    "lovtidend-avd1-2030.tar.bz2": b"not wanted",
}


@contextmanager
def service(archives: dict[str, bytes], *, announced: int = 0) -> Iterator[str]:
    """A server on this machine that answers as Lovdata's does."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = self.path.rpartition("/")[2]
            if name == "list":
                entries = [
                    {"filename": file, "description": file, "sizeBytes": announced or len(content), "lastModified": ""}
                    for file, content in archives.items()
                ]
                self.answer(200, json.dumps(entries).encode())
            elif name in archives:
                self.answer(200, archives[name])
            else:
                self.answer(404, b"")

        def answer(self, status: int, content: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/v1/publicData"
        finally:
            server.shutdown()
            thread.join()


def test_the_law_in_force_is_fetched_and_kept_with_its_checksums(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    with service(ARCHIVES) as address:
        kept = laws.update(tmp_path, service=address, progress=lambda *step: told.append(step))
    assert sorted(kept.acts) == ["forskrift/2030-03-04-55", "lov/2030-01-02-3", "lov/2030-01-02-4"]
    assert {one.name: one.sha256 for one in kept.archives} == {
        name: sha256(content).hexdigest() for name, content in ARCHIVES.items() if name.startswith("gjeldende")
    }
    assert ("fetching gjeldende-lover.tar.bz2", *(len(ARCHIVES["gjeldende-lover.tar.bz2"]),) * 2) in told
    assert laws.laws(tmp_path) == kept
    assert kept.content("lov/2030-01-02-3") == ACT.encode()


def test_nothing_is_written_outside_the_folder_of_the_laws(tmp_path: Path) -> None:
    with service(ARCHIVES) as address:
        laws.update(tmp_path / "home", service=address)
    assert {path.name for path in tmp_path.iterdir()} == {"home"}
    kept = {path.name for path in (tmp_path / "home" / "laws" / "files").iterdir()}
    assert kept == {f"{sha256(act.encode()).hexdigest()}.xml" for act in (ACT, OTHER, RULE)}


def test_an_act_that_is_no_longer_in_force_goes_and_one_that_was_given_stays(tmp_path: Path) -> None:
    given = tmp_path / "nl-20300102-004.xml"
    given.write_text(OTHER, encoding="utf-8")
    with service(ARCHIVES) as address:
        laws.update(tmp_path, service=address)
    laws.add(tmp_path, [given])
    with service({"gjeldende-sentrale-forskrifter.tar.bz2": packed({"sf-20300304-0055.xml": RULE})}) as address:
        kept = laws.update(tmp_path, service=address)
    assert sorted(kept.acts) == ["forskrift/2030-03-04-55", "lov/2030-01-02-4"]


def test_an_act_is_found_by_the_names_that_its_file_gives_it(tmp_path: Path) -> None:
    archive = tmp_path / "gjeldende-lover.tar.bz2"
    archive.write_bytes(ARCHIVES["gjeldende-lover.tar.bz2"])
    kept = laws.add(tmp_path, [archive])
    text = "Etter fjellvettloven § 4 skal alle snu, jf. værloven § 4 og lov om fjellvett § 4."
    assert [found.target for found in citations_in(text, acts=kept.register)] == [
        "lov/2030-01-02-3/par-4",
        "lov/2030-01-02-4/par-4",
        "lov/2030-01-02-3/par-4",
    ]


def test_the_graph_holds_every_act_by_name_and_the_words_of_those_that_are_given_or_cited(tmp_path: Path) -> None:
    from ingest.legislation import provision_quads

    archive, given = tmp_path / "gjeldende-lover.tar.bz2", tmp_path / "sf-20300304-0055.xml"
    archive.write_bytes(ARCHIVES["gjeldende-lover.tar.bz2"])
    given.write_text(RULE, encoding="utf-8")
    kept = laws.add(tmp_path, [archive, given])
    lines = [str(quad) for quad in kept.quads(provision_quads("lov/2030-01-02-3/par-4/ledd-1"))]
    assert len(lines) == len(set(lines))
    texts = {line.split('"')[1] for line in lines if "ns#text" in line}
    assert texts == {"Snu i tide.", "Hold avstand."}
    # A document only knows the number of an act; here it has its name, and only that.
    labels = {line.split('"')[1] for line in lines if "prefLabel" in line and "lov/2030-01-02-3>" in line}
    assert labels == {"fjellvettloven"}
    assert any("værloven" in line for line in lines)


@pytest.mark.parametrize(
    ("archives", "announced", "reason"),
    [
        ({}, 0, "names no archive of the law in force"),
        (
            {"gjeldende-lover.tar.bz2": b"BZh91AY&SY" + bytes(100)},
            0,
            r"gjeldende-lover\.tar\.bz2: the archive is damaged",
        ),
        ({"gjeldende-lover.tar.bz2": ARCHIVES["gjeldende-lover.tar.bz2"][:300]}, 0, "damaged or cut off"),
        ({"gjeldende-lover.tar.bz2": packed({"a.txt": "a"})}, 0, "There is no act or regulation"),
        (ARCHIVES, 10_000, "gave .* bytes of 10000: the connection broke"),
    ],
)
def test_a_failed_update_says_why_and_changes_nothing(
    tmp_path: Path, archives: dict[str, bytes], announced: int, reason: str
) -> None:
    with service(ARCHIVES) as address:
        before = laws.update(tmp_path, service=address)
    with service(archives, announced=announced) as address, pytest.raises(LawsError, match=reason) as error:
        laws.update(tmp_path, service=address)
    assert "\n" not in str(error.value)
    assert laws.laws(tmp_path) == before


@pytest.mark.parametrize(
    ("content", "outcomes"),
    [
        (packed({"nl-20300102-003.xml": ACT, "b.xml": ACT}), ["lov/2030-01-02-3", 1]),
        (
            packed({"nl-20300102-003.xml": "<html>", "sf-20300304-0055.xml": RULE}),
            ["skipped", "forskrift/2030-03-04-55", 1],
        ),
        (packed({"nl-20300102-003.xml": " " * 31_000_000}), ["skipped", 0]),
        (ACT.encode(), ["lov/2030-01-02-3", 1]),
        (b"<html></html>", ["error"]),
        (b"BZh9" + bytes(1000), ["error"]),
        (b" " * 31_000_000, ["error"]),
    ],
    ids=["laws only", "one broken", "one too large", "a single act", "no act", "no archive", "too large"],
)
def test_an_archive_is_read_act_by_act(content: bytes, outcomes: list[object]) -> None:
    def outcome(found: dict[str, object]) -> object:
        return found.get("law") or next((name for name in ("skipped", "error") if name in found), found.get("done"))

    assert [outcome(found) for found in unpacked(io.BytesIO(content))] == outcomes


def test_without_a_network_one_is_told_what_to_do(tmp_path: Path) -> None:
    with service({}) as address:
        pass
    with pytest.raises(LawsError, match=r"cannot be reached .*`hjemmel laws add FILE…`.* HTTPS_PROXY"):
        laws.update(tmp_path, service=address)


def test_a_proxy_is_used_when_the_environment_names_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with service(ARCHIVES) as address:
        monkeypatch.setenv("HTTP_PROXY", address.removesuffix("/v1/publicData"))
        monkeypatch.delenv("NO_PROXY", raising=False)
        kept = laws.update(tmp_path, service="http://lovdata.invalid/v1/publicData")
    assert len(kept.acts) == 3


def test_a_file_that_was_changed_since_is_noticed(tmp_path: Path) -> None:
    given = tmp_path / "nl-20300102-003.xml"
    given.write_text(ACT, encoding="utf-8")
    kept = laws.add(tmp_path, [given])
    [path] = (tmp_path / "laws" / "files").iterdir()
    path.write_text(OTHER, encoding="utf-8")
    with pytest.raises(LawsError, match="is not as it was fetched"):
        kept.content("lov/2030-01-02-3")


def test_the_digest_of_a_build_changes_with_the_laws(tmp_path: Path) -> None:
    assert laws.digest(tmp_path) == ""
    given = tmp_path / "nl-20300102-003.xml"
    given.write_text(ACT, encoding="utf-8")
    laws.add(tmp_path, [given])
    assert len(laws.digest(tmp_path)) == 64


def test_the_words_of_the_law_are_in_the_graph_after_the_next_build(tmp_path: Path) -> None:
    from hjemmel.build import build, corpus
    from hjemmel.store import Store

    given = tmp_path / "nl-20300102-003.xml"
    given.write_text(ACT, encoding="utf-8")
    before = build(corpus(), tmp_path, documents=())
    laws.add(tmp_path, [given])
    after = build(corpus(), tmp_path, documents=())
    assert after.quads > before.quads
    assert build(corpus(), tmp_path, documents=()) == after
    store = Store.open(tmp_path)
    [row] = store.select(
        "PREFIX hj: <https://w3id.org/hjemmel/ns#> SELECT ?text WHERE "
        '{ ?provision hj:shortForm "fvl2 § 4 første ledd" ; hj:hasVersion/hj:text ?text }'
    )
    assert row["text"] == "Snu i tide."


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the files of Lovdata are not beside the project")
def test_what_the_agreements_rest_on_has_its_words_once(tmp_path: Path) -> None:
    from hjemmel.build import build, corpus
    from hjemmel.store import Store

    laws.add(tmp_path, [SHARED / "nl-19990702-061.xml", SHARED / "nl-20110624-030.xml"])
    build(corpus(), tmp_path)
    rows = Store.open(tmp_path).select(
        "PREFIX hj: <https://w3id.org/hjemmel/ns#> SELECT ?short ?from ?text WHERE "
        "{ ?provision hj:shortForm ?short ; hj:hasVersion ?version . ?version hj:appliesFrom ?from ; hj:text ?text "
        'FILTER(?short IN ("sphl. § 2-1 e", "sphl. § 2-1 e fjerde ledd", "hol. § 6-2 nr. 13", "hol. § 6-2 nr. 8")) }'
        " ORDER BY ?short"
    )
    assert [(row["short"], str(row["from"]), str(row["text"])[:25]) for row in rows] == [
        ("hol. § 6-2 nr. 13", "2022-08-01", "samarbeid om ytelse av he"),
        ("hol. § 6-2 nr. 8", "2012-01-01", "samarbeid om jordmortjene"),
        ("sphl. § 2-1 e", "2022-08-01", "Det regionale helseforeta"),
        ("sphl. § 2-1 e fjerde ledd", "2022-08-01", "De regionale helseforetak"),
    ]


def test_the_commands_tell_what_is_kept(tmp_path: Path) -> None:
    program = "from hjemmel.cli.laws import app; app()"
    with service(ARCHIVES) as address:
        environment = {"HJEMMEL_HOME": str(tmp_path), "HJEMMEL_LOVDATA": address}
        ran = subprocess.run(
            [sys.executable, "-c", program, "update", "--json"],
            capture_output=True,
            text=True,
            check=True,
            env=environment,
        )
    told = json.loads(ran.stdout)
    assert (told["acts"], told["regulations"]) == (2, 1)
    assert told["archives"][0]["sha256"] == sha256(ARCHIVES["gjeldende-lover.tar.bz2"]).hexdigest()
