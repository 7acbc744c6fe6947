"""Acts and regulations from Lovdata: fetched or given, kept beside the store, and read at every build.

HOME/laws/index.json     every act by its reference: its names and dates, the file, where it came from
HOME/laws/files/         the files as Lovdata wrote them, named by their digests
"""

import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from hjemmel import lovdata
from hjemmel.lovdata import Archive, LawsError
from hjemmel.snapshot import Progress, writing

if TYPE_CHECKING:
    import pyoxigraph as ox

    from ingest.citations.acts import Acts

INDEX = "index.json"


@dataclass(frozen=True, slots=True)
class Stocked:
    """An act that is kept: what is known of it without reading it, and the file with its words.

    `chosen` tells that somebody gave this very file, so that its words belong in the graph whoever cites them.
    """

    law: str
    title: str
    short_title: str
    abbreviation: str | None
    language: str
    consolidated: bool
    in_force: str | None
    changed: str | None
    file: str
    origin: str
    chosen: bool = False


@dataclass(frozen=True)
class Laws:
    """Every act that is kept, by its reference."""

    home: Path
    acts: dict[str, Stocked] = field(default_factory=dict)
    archives: tuple[Archive, ...] = ()

    @cached_property
    def register(self) -> "Acts | None":
        """The acts of the ontology and those kept here, for the reader of citations; None if none are kept."""
        if not self.acts:
            return None
        from rdflib import DCTERMS, RDF, SKOS, Graph, Literal, URIRef

        from ingest.citations.acts import Acts
        from ingest.iri import iri
        from ontology import HJ, load

        graph = Graph()
        graph += load()
        for law, act in self.acts.items():
            node = URIRef(iri(law))
            if (node, RDF.type, HJ.Act) in graph:
                continue
            graph.add((node, RDF.type, HJ.Act))
            graph.add((node, DCTERMS.title, Literal(act.title, lang=act.language)))
            graph.add((node, SKOS.prefLabel, Literal(act.short_title, lang=act.language)))
            if act.abbreviation:
                graph.add((node, HJ.abbreviation, Literal(act.abbreviation)))
            if act.in_force:
                graph.add((node, HJ.appliesFrom, Literal(date.fromisoformat(act.in_force))))
        return Acts.of(graph)

    def quads(self, cited: "Iterable[ox.Quad]" = ()) -> "Iterator[ox.Quad]":
        """The law: each act by its names; with every provision and its words those that the ontology knows, that
        somebody gave as a file, or that documents cite.

        `cited` are the statements on the law that the documents led to; what is better known here replaces them.
        """
        from ingest.legislation import act_quads, law_quads
        from ingest.readers.lovdata import act_of

        asides = list(cited)
        wanted = {act.law for act in self.acts.values() if act.chosen} | _known() | {_act_of(quad) for quad in asides}
        stated: set[object] = set()
        for law, kept in sorted(self.acts.items()):
            quads = law_quads(act_of(self.content(law))) if law in wanted else act_quads(_act(kept))
            for quad in quads:
                stated.add(quad.subject)
                yield quad
        text = _text_property()
        for quad in asides:
            # A version that has its words from Lovdata keeps those; where a document quotes them is told all the same.
            if quad.subject not in stated or (_is_version(quad) and quad.predicate != text):
                yield quad

    def content(self, law: str) -> bytes:
        """The file of an act, which must still be the one that was read when it came."""
        path = self.home / "laws" / "files" / self.acts[law].file
        try:
            content = path.read_bytes()
        except OSError as error:
            raise LawsError(f"{path} cannot be read ({error.strerror}): run `hjemmel laws update` again.") from error
        if sha256(content).hexdigest() != path.stem:
            raise LawsError(f"{path} is not as it was fetched: run `hjemmel laws update` again.")
        return content


def laws(home: Path) -> Laws:
    """What is kept in a home; nothing, if no laws were ever fetched or given."""
    path = home / "laws" / INDEX
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return Laws(
            home,
            {law: Stocked(law=law, **facts) for law, facts in content["acts"].items()},
            tuple(Archive(**facts) for facts in content["archives"]),
        )
    except FileNotFoundError:
        return Laws(home)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise LawsError(f"{path} is damaged: delete the folder {path.parent} and run `hjemmel laws update`.") from error


def register(home: Path) -> "Acts | None":
    """The register of acts to cite, as a home keeps it: made once, and again when other laws are kept."""
    return _register(home, digest(home))


@lru_cache(maxsize=1)
def _register(home: Path, _digest: str) -> "Acts | None":
    return laws(home).register


def digest(home: Path) -> str:
    """One digest of all laws that are kept, empty if there are none: a build depends on it."""
    path = home / "laws" / INDEX
    return sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def update(home: Path, *, service: str | None = None, progress: Progress = lambda *_: None) -> Laws:
    """Fetch the archives of the law in force and keep what is in them, in place of what was fetched before."""
    service = (service or os.environ.get("HJEMMEL_LOVDATA") or lovdata.SERVICE).rstrip("/")
    with TemporaryDirectory() as folder:
        fetched = list(lovdata.fetched(service, Path(folder), progress))
        return _kept(home, fetched, progress, chosen=False)


def add(home: Path, files: Iterable[Path], *, progress: Progress = lambda *_: None) -> Laws:
    """Keep the acts of files already at hand: single acts in Lovdata's XML, or its archives."""
    given = []
    for path in files:
        if not path.is_file():
            raise LawsError(f"There is no file {path}: check the name and the folder.")
        given.append((path, lovdata.archive(path)))
    return _kept(home, given, progress, chosen=True)


def _kept(home: Path, sources: list[tuple[Path, Archive]], progress: Progress, *, chosen: bool) -> Laws:
    """The laws with those of the sources among them. Nothing changes unless every source can be read."""
    from ingest.readers.jail import jailed_laws
    from ingest.readers.text import ReadError

    with writing(home):
        before = laws(home)
        files = home / "laws" / "files"
        files.mkdir(parents=True, exist_ok=True)
        found: dict[str, Stocked] = {}
        for path, archive in sources:
            progress(f"reading {archive.name}", len(found), len(found) + 1)
            try:
                for facts in jailed_laws(path, watch=_watch(progress, archive.name)):
                    if "skipped" in facts:
                        continue
                    act = _stocked(files, facts, archive, chosen=chosen and _is_single(path))
                    # The law as it reads now stands before the same act as it was once promulgated.
                    if act.law not in found or act.consolidated:
                        found[act.law] = act
            except ReadError as error:
                raise LawsError(f"{archive.name}{str(error).removeprefix(path.name)}") from error
        if not found:
            raise LawsError("There is no act or regulation in what was given: give Lovdata's XML files or archives.")
        merged = before.acts | {
            law: replace(act, chosen=act.chosen or (law in before.acts and before.acts[law].chosen))
            for law, act in found.items()
            if act.consolidated or not _is_consolidated(before, law)
        }
        names = {archive.name for _, archive in sources}
        archives = (*(old for old in before.archives if old.name not in names), *(archive for _, archive in sources))
        if not chosen:
            # An act that the archives of today no longer hold has been repealed; a file somebody gave stays.
            merged = {law: act for law, act in merged.items() if law in found or act.chosen}
        after = Laws(home, dict(sorted(merged.items())), archives)
        _write(after)
        progress("reading", len(found), len(found))
        return after


def _stocked(files: Path, facts: dict[str, Any], archive: Archive, *, chosen: bool) -> Stocked:
    content = facts.pop("xml").encode("utf-8", "surrogateescape")
    name = f"{sha256(content).hexdigest()}.xml"
    if not (files / name).exists():
        part = files / f"{name}.part"
        part.write_bytes(content)
        part.replace(files / name)
    return Stocked(**facts, file=name, origin=archive.name, chosen=chosen)


def _write(kept: Laws) -> None:
    folder = kept.home / "laws"
    content = {
        "archives": [_facts(archive) for archive in kept.archives],
        "acts": {law: {k: v for k, v in _facts(act).items() if k != "law"} for law, act in kept.acts.items()},
    }
    part = folder / f"{INDEX}.part"
    part.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
    part.replace(folder / INDEX)
    wanted = {act.file for act in kept.acts.values()}
    for path in (folder / "files").iterdir():
        if path.name not in wanted:
            path.unlink(missing_ok=True)


def _facts(fact: Stocked | Archive) -> dict[str, Any]:
    return {each.name: getattr(fact, each.name) for each in fields(fact)}


def _watch(progress: Progress, name: str) -> Callable[[], None]:
    seconds = 0

    def watch() -> None:
        nonlocal seconds
        seconds += 1
        progress(f"reading {name}", seconds, seconds + 1)

    return watch


def _is_single(path: Path) -> bool:
    """Whether a file is one act, and no archive."""
    with path.open("rb") as file:
        return file.read(512).lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<")


def _is_consolidated(kept: Laws, law: str) -> bool:
    return law in kept.acts and kept.acts[law].consolidated


def _known() -> set[str]:
    from rdflib import RDF

    from ontology import BASE, HJ, load

    return {str(act).removeprefix(BASE) for act in load().subjects(RDF.type, HJ.Act)}


def _act(kept: Stocked) -> Any:
    from ingest.readers.lovdata import Act

    return Act(
        kept.law,
        kept.title,
        kept.short_title,
        kept.abbreviation,
        kept.language,
        kept.consolidated,
        date.fromisoformat(kept.in_force) if kept.in_force else None,
        date.fromisoformat(kept.changed) if kept.changed else None,
    )


def _act_of(quad: "ox.Quad") -> str:
    """The act that a statement on the law is about: "lov/2011-06-24-30"."""
    from ontology import BASE

    return "/".join(str(getattr(quad.subject, "value", "")).removeprefix(BASE).split("/")[:2])


def _is_version(quad: "ox.Quad") -> bool:
    return "/versjon/" in str(getattr(quad.subject, "value", ""))


def _text_property() -> "ox.NamedNode":
    from ingest.quads import word

    return word("hj:text")
