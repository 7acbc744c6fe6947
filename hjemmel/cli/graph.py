"""The commands that make the graph, go back to an older one, and write or query it whole."""

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from hjemmel.cli.usage import Json, opened_store, words


def build(
    corpus: Annotated[Path | None, typer.Option(help="A folder of documents with a catalogue.toml.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Build even if nothing has changed.")] = False,
    dask: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Let the cluster of this Dask scheduler read the documents.")
    ] = None,
    json_: Json = False,
) -> None:
    """Build the graph from the documents.

    A build is a new snapshot: whoever reads keeps the old one until it is
    done, and a failed build changes nothing.

    \b
    Examples:
      hjemmel build
      hjemmel build --corpus my-agreements --force
      hjemmel build --corpus my-agreements --dask tcp://127.0.0.1:8786
    """
    from hjemmel import build as building
    from hjemmel import render, snapshot

    home = snapshot.home()
    before = snapshot.snapshots(home)
    with render.progress_bar() as progress:
        manifest = building.build(corpus or building.corpus(), home, force=force, progress=progress, dask=dask)
    path = snapshot.current(home)
    facts = {
        "snapshot": path.name if path else None,
        "changed": snapshot.snapshots(home) != before,
        "documents": list(manifest.documents),
        "statements": manifest.quads,
        "built": manifest.built,
        "software": manifest.software,
    }
    if json_:
        typer.echo(render.as_json(facts))
    elif not facts["changed"]:
        typer.echo(f"Nothing has changed since {facts['snapshot']} was built ({manifest.quads} statements).")
    else:
        typer.echo(f"Built {facts['snapshot']}: {len(manifest.documents)} documents, {manifest.quads} statements.")


def rollback(json_: Json = False) -> None:
    """Go back to the snapshot before.

    The three newest are kept. `hjemmel build` makes a new one.

    \b
    Examples:
      hjemmel rollback
    """
    from hjemmel import mirror, render, snapshot

    home = snapshot.home()
    with snapshot.writing(home):
        name = snapshot.roll_back(home).name
    mirror.follow(home)
    typer.echo(render.as_json({"snapshot": name}) if json_ else f"The store is {name} again.")


def sparql(
    query: Annotated[
        str, typer.Argument(metavar="FILE-OR-TEXT", help="A file with a query, the query, or - to read it.")
    ],
    json_: Json = False,
) -> None:
    """Run a SPARQL query on the store.

    The default graph is the union of all; the prefixes of the ontology need
    not be declared. --json gives SPARQL's own JSON for rows, and JSON-LD for
    statements.

    \b
    Examples:
      hjemmel sparql "SELECT ?title WHERE { ?d a hj:Document ; dcterms:title ?title }"
      hjemmel sparql my-query.rq --json
    """
    from hjemmel.result import print_result

    print_result(opened_store(), words(query), for_program=json_)


def export(
    form: Annotated[
        Literal["ttl", "nq", "nq.gz", "jsonld", "graphml"],
        typer.Option(
            "--format",
            help="Turtle, N-Quads (compressed, with its SHA-256 beside it), JSON-LD, or GraphML for Gephi and yEd.",
        ),
    ] = "nq",
    out: Annotated[Path | None, typer.Option(help="The file to write; without it, standard output.")] = None,
    document: Annotated[str | None, typer.Option(metavar="ID", help="Only what is said of one document.")] = None,
    *,
    each: Annotated[
        bool, typer.Option("--each", help="A file for each document, and checksums, into the folder --out.")
    ] = False,
    json_: Json = False,
) -> None:
    """Write the graph for other programs.

    N-Quads is the whole graph with its named graphs, sorted: two exports can
    be compared line by line. GraphML is the network of law, requirements,
    clauses, bodies and documents.

    \b
    Examples:
      hjemmel export --format nq --out graph.nq
      hjemmel export --format graphml --out network.graphml
      hjemmel export --format nq.gz --out graph.nq.gz
      hjemmel export --format ttl --document ID
      hjemmel export --format ttl --each --out turtle
    """
    from hjemmel import erasure, render, snapshot
    from hjemmel.export import FORMATS, dump

    if (json_ or each or form == "nq.gz") and out is None:
        raise typer.BadParameter("What is told with --json, --each and --format nq.gz is of a file, and needs --out")
    if each and document:
        raise typer.BadParameter("--each is of every document, and --document of one")
    erasure.check(snapshot.home())
    store = opened_store()
    if each:
        assert out is not None
        written = dump.documents(store, form, out)
        named = {"folder": str(out), "format": form, "files": [path.name for path in written]}
        typer.echo(render.as_json(named) if json_ else f"Wrote {len(written)} files to {out}.")
        return
    graphs = store.document_graphs(store.document_iri(document)) if document else (None,)
    quads = [quad for graph in graphs for quad in store.quads(graph)]
    if out is None:
        FORMATS[form](quads, sys.stdout.buffer)
        return
    dump.file(quads, form, out)
    if form == "nq.gz":
        dump.checksums(out.with_name(f"{out.name}.sha256"), [out])
    facts = {"file": str(out), "format": form, "statements": len(quads)}
    typer.echo(render.as_json(facts) if json_ else f"Wrote {len(quads)} statements to {out}.")
