"""The command line: each command reads its words, asks the rest of Hjemmel, and prints.

Heavy libraries are imported by the commands that need them, so that `hjemmel --help` is there at once.
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from hjemmel.laws_cli import app as laws
from hjemmel.usage import Commands, Json, Kind, Lang, Subject, day, words

if TYPE_CHECKING:
    from hjemmel.store import Store

app = typer.Typer(cls=Commands, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
app.add_typer(laws, name="laws")


@app.callback()
def hjemmel() -> None:
    """Laws, agreements and guidance as a graph with evidence: ask it, check
    agreements against the law.

    \b
    Examples:
      hjemmel documents                       what has been read
      hjemmel ask "Hvilke klausuler gjennomfører § 6-2 nr. 13?"
      hjemmel check utkast.txt                is this draft in order?
      hjemmel serve                           the same in a browser

    The store is built by itself on first use, under HJEMMEL_HOME (by default
    your user data folder). Every command takes --json. Exit code 2 means that
    the command was used wrongly, 1 that it failed.
    """


@app.command()
def build(
    corpus: Annotated[Path | None, typer.Option(help="A folder of documents with a catalogue.toml.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Build even if nothing has changed.")] = False,
    json_: Json = False,
) -> None:
    """Build the graph from the documents.

    A build is a new snapshot: whoever reads keeps the old one until it is
    done, and a failed build changes nothing.

    \b
    Examples:
      hjemmel build
      hjemmel build --corpus my-agreements --force
    """
    from hjemmel import build as building
    from hjemmel import render, snapshot

    home = snapshot.home()
    before = snapshot.snapshots(home)
    with render.progress_bar() as progress:
        manifest = building.build(corpus or building.corpus(), home, force=force, progress=progress)
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


@app.command()
def rollback(json_: Json = False) -> None:
    """Go back to the snapshot before.

    The three newest are kept. `hjemmel build` makes a new one.

    \b
    Examples:
      hjemmel rollback
    """
    from hjemmel import render, snapshot

    home = snapshot.home()
    with snapshot.writing(home):
        name = snapshot.roll_back(home).name
    typer.echo(render.as_json({"snapshot": name}) if json_ else f"The store is {name} again.")


@app.command()
def documents(json_: Json = False) -> None:
    """List the documents in the store.

    \b
    Examples:
      hjemmel documents
    """
    from hjemmel import overview, render

    found = overview.documents(_store())
    if json_:
        typer.echo(render.as_json(found))
    else:
        render.table(found, ["id", "title", "kind", "status", "region", "language", "made_on", "missing"])


@app.command()
def show(document: Subject, kind: Kind = "agreement", json_: Json = False) -> None:
    """Show what is known of one document.

    Its clauses with the requirements they answer, its citations and its
    terms. A file need not be in the store.

    \b
    Examples:
      hjemmel documents                       which there are
      hjemmel show utkast.txt
      hjemmel show utkast.txt --json
    """
    from hjemmel import overview, render
    from hjemmel.subject import subject

    about = subject(document, _store, kind=kind)
    found = overview.overview(about.store, about.iri)
    typer.echo(render.as_json(found) if json_ else render.outline(found))


@app.command()
def ask(question: str, json_: Json = False) -> None:
    """Ask a question in plain words.

    If it is not understood, you are told what can be asked; nothing is
    guessed.

    \b
    Examples:
      hjemmel ask "Hvilke klausuler gjennomfører § 6-2 nr. 13 i Vestfold?"
      hjemmel ask "Kva er fristen for å seie opp avtalen?"
    """
    from hjemmel import render
    from queries import answer

    found = answer(question, _store())
    typer.echo(render.as_json(found.as_json()) if json_ else render.answer(found))


@app.command()
def queries(lang: Lang = "nb", json_: Json = False) -> None:
    """List the questions of the catalogue.

    Each is a query with a name, to be run by `hjemmel query NAME`.

    \b
    Examples:
      hjemmel queries --lang en
    """
    from hjemmel import render
    from queries import catalogue

    rows: list[dict[str, Any]] = [
        {
            "name": found.name,
            "title": found.title[lang],
            "parameters": {
                name: {"kind": given.kind, "example": given.example, "optional": given.optional}
                for name, given in found.parameters.items()
            },
            "columns": list(found.columns),
        }
        for found in catalogue().values()
    ]
    if json_:
        typer.echo(render.as_json(rows))
    else:
        render.table(
            [row | {"parameters": ", ".join(row["parameters"])} for row in rows], ["name", "title", "parameters"]
        )


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []})
def query(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name from `hjemmel queries`.")] = "",
    help_: Annotated[
        bool, typer.Option("--help", help="Show this message, or with NAME that query's parameters.")
    ] = False,
    lang: Lang = "nb",
    json_: Json = False,
) -> None:
    """Run a query of the catalogue.

    Each of its parameters is an option. A value is an address, or what the
    thing is called: the notation of a requirement, a region, "hol. § 6-2 nr.
    13".

    \b
    Examples:
      hjemmel query clauses_implementing --help
      hjemmel query clauses_implementing --requirement "6-2:13"
      hjemmel query clauses_implementing --requirement "6-2:13" --json
    """
    from hjemmel import naming, render

    if not name:
        if not help_:
            raise typer.BadParameter("Give the NAME of a query: `hjemmel queries` lists them")
        typer.echo(ctx.get_help())
        return
    found = naming.query(name)
    if help_:
        typer.echo(render.query_help(found, lang))
        return
    given = naming.parameters(found, ctx.args)
    store = _store()
    values = {key: naming.iri(store, found.parameters[key].kind, value) for key, value in given.items()}
    rows = found.run(store, **values)
    if json_:
        typer.echo(render.as_json({"query": name, "parameters": values, "rows": rows}))
    else:
        render.table(rows, found.columns)


@app.command()
def check(
    document: Subject,
    as_of: Annotated[
        str | None, typer.Option(metavar="DATE", help="Judge by the law of this day (2024-09-12).")
    ] = None,
    lang: Lang = "nb",
    json_: Json = False,
) -> None:
    """Check an agreement against the law.

    What is missing, in conflict, or cannot be assessed, and by which
    provision. Without a date, an agreement is judged by the law of the day it
    was made, and a draft without one by today's.

    \b
    Examples:
      hjemmel check utkast.txt
      hjemmel check utkast.txt --as-of 2022-08-01 --json
    """
    from hjemmel import render
    from hjemmel.judgement import judgement
    from hjemmel.subject import subject

    judged_on = day(as_of)
    about = subject(document, _store)
    found = judgement(about, as_of=judged_on, language=lang)
    typer.echo(render.as_json(found) if json_ else render.judgement(found))


@app.command()
def cite(
    text: Annotated[
        str, typer.Argument(metavar="TEXT-OR-FILE", help="The text, a file with it, or - to read it.")
    ] = "",
    act: Annotated[
        str | None, typer.Option(metavar="LAW", help="The law the text is taken from, which § 1 is of.")
    ] = None,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help='Read lines {"text": …, "act": …}; write a line {"citations": …} for each.')
    ] = False,
    json_: Json = False,
) -> None:
    """Find the citations of law in any text.

    \b
    Examples:
      hjemmel cite "jf. hol. § 6-2 nr. 13 og sphl. § 2-1 e"
      hjemmel cite "Etter § 6-1 skal kommunestyret …" --act 2011-06-24-30 --json
      hjemmel cite --jsonl < texts.jsonl
    """
    from hjemmel import render
    from hjemmel.cited import cited, cited_lines

    if jsonl:
        for line in cited_lines(sys.stdin):
            typer.echo(line)
        return
    if not text:
        raise typer.BadParameter("Give the text, a file, or --jsonl")
    found = cited(words(text), act)
    if json_:
        typer.echo(render.as_json({"citations": found}))
    else:
        render.table(found, ["quote", "law", "section", "ledd", "number", "letter", "start", "end"])


@app.command()
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

    print_result(_store(), words(query), for_program=json_)


@app.command()
def export(
    form: Annotated[
        Literal["ttl", "nq", "jsonld"], typer.Option("--format", help="Turtle, N-Quads or JSON-LD.")
    ] = "nq",
    out: Annotated[Path | None, typer.Option(help="The file to write; without it, standard output.")] = None,
    document: Annotated[str | None, typer.Option(metavar="ID", help="Only what is said of one document.")] = None,
    json_: Json = False,
) -> None:
    """Write the graph for other programs.

    N-Quads is the whole graph with its named graphs, sorted: two exports can
    be compared line by line.

    \b
    Examples:
      hjemmel export --format nq --out graph.nq
      hjemmel export --format ttl --document ID
    """
    from hjemmel import render
    from hjemmel.export import FORMATS

    if json_ and out is None:
        raise typer.BadParameter("--json tells of the file that was written, so it needs --out FILE")
    store = _store()
    graphs = store.document_graphs(store.document_iri(document)) if document else (None,)
    quads = [quad for graph in graphs for quad in store.quads(graph)]
    if out is None:
        FORMATS[form](quads, sys.stdout.buffer)
        return
    unfinished = out.with_name(f"{out.name}.part")
    with unfinished.open("wb") as file:
        FORMATS[form](quads, file)
    unfinished.replace(out)
    facts = {"file": str(out), "format": form, "statements": len(quads)}
    typer.echo(render.as_json(facts) if json_ else f"Wrote {len(quads)} statements to {out}.")


@app.command()
def serve(
    host: Annotated[
        str, typer.Option(help="The address to listen at; 127.0.0.1 is reached from this machine only.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8501,
    no_app: Annotated[bool, typer.Option("--no-app", help="The SPARQL endpoint alone, without the pages.")] = False,
    data: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Answer from this RDF file instead of the store; implies --no-app."),
    ] = None,
) -> None:
    """Serve the pages and the SPARQL endpoint.

    Both stand at one port, the endpoint under /sparql, until Ctrl-C.

    \b
    Examples:
      hjemmel serve
      hjemmel serve --no-app --port 8080
      hjemmel serve --data graph.nq
    """
    from hjemmel.service import serve as serve_until_stopped

    if data is None:
        _store()
    serve_until_stopped(host=host, port=port, data=data, pages=not no_app and data is None)


def _store() -> "Store":
    """The store, built first, under a progress bar, if there is none."""
    from hjemmel import build as building
    from hjemmel import render, snapshot
    from hjemmel.store import Store

    if snapshot.current(snapshot.home()) is None:
        with render.progress_bar() as progress:
            building.build(building.corpus(), progress=progress)
    return Store.load()
