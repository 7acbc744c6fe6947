"""The commands that answer questions."""

from typing import Annotated, Any

import typer

from hjemmel.cli.usage import Confirmed, Json, Lang, opened_store


def ask(
    question: str,
    sparql: Annotated[
        bool, typer.Option("--sparql", help="Print the SPARQL that finds the same rows at any endpoint.")
    ] = False,
    confirmed: Confirmed = False,
    json_: Json = False,
) -> None:
    """Ask a question in plain words.

    If it is not understood, you are told what can be asked; nothing is
    guessed. How it was understood is told with the answer.

    \b
    Examples:
      hjemmel ask "Hvilke klausuler gjennomfører § 6-2 nr. 13 i Vestfold?"
      hjemmel ask "Kva er fristen for å seie opp avtalen?"
      hjemmel ask "Hvem leder SSU i Ahus?" --sparql
    """
    from datetime import date
    from functools import partial

    from hjemmel import render
    from hjemmel.judgement import BASES
    from queries import answer

    store = opened_store()
    ask_of = partial(answer, question, snapshot=store.manifest.source[:16], as_of=date.today())
    if confirmed:
        from hjemmel.review.confirmed import confirmed_answer

        found = confirmed_answer(ask_of, store)
    else:
        found = ask_of(store)
    if json_:
        typer.echo(render.as_json({**found.as_json(), "basis": BASES[confirmed]}))
    elif sparql and found.sparql:
        typer.echo(found.sparql)
    else:
        typer.echo(f"{render.answer(found)}\n{render.basis(BASES[confirmed], found.language)}")


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


def query(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name from `hjemmel queries`.")] = "",
    *,
    help_: Annotated[
        bool, typer.Option("--help", help="Show this message, or with NAME that query's parameters.")
    ] = False,
    confirmed: Confirmed = False,
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
    from hjemmel.judgement import BASES

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
    store = opened_store()
    if confirmed:
        from hjemmel.review.confirmed import confirmed as confirmed_part

        store = confirmed_part(store)
    values = {key: naming.iri(store, found.parameters[key].kind, value) for key, value in given.items()}
    rows = found.run(store, **values)
    if json_:
        typer.echo(render.as_json({"query": name, "parameters": values, "basis": BASES[confirmed], "rows": rows}))
    else:
        render.table(rows, found.columns)
        typer.echo(render.basis(BASES[confirmed], lang), err=True)
