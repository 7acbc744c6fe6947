"""The commands about one document or file, or about any text."""

import sys
from functools import cache
from typing import Annotated

import typer

from hjemmel.cli.usage import Json, Kind, Lang, Subject, day, opened_store, words


def documents(json_: Json = False) -> None:
    """List the documents in the store.

    \b
    Examples:
      hjemmel documents
    """
    from hjemmel import overview, render

    found = overview.documents(opened_store())
    if json_:
        typer.echo(render.as_json(found))
    else:
        render.table(found, ["id", "title", "kind", "status", "region", "language", "made_on", "missing"])


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

    about = subject(document, opened_store, kind=kind)
    found = overview.overview(about.store, about.iri)
    typer.echo(render.as_json(found) if json_ else render.outline(found))


def check(
    document: Annotated[
        list[str], typer.Argument(metavar="DOC-OR-FILE…", help="Ids of documents in the store, or files.")
    ],
    as_of: Annotated[
        str | None, typer.Option(metavar="DATE", help="Judge by the law of this day (2024-09-12).")
    ] = None,
    lang: Lang = "nb",
    json_: Json = False,
) -> None:
    """Check an agreement against the law.

    What is missing, in conflict, or cannot be assessed, and by which
    provision. Without a date, an agreement is judged by the law of the day it
    was made, with the duties that are new since then, and a draft without one
    by today's. Several documents are judged on all cores.

    \b
    Examples:
      hjemmel check utkast.txt
      hjemmel check utkast.txt --as-of 2022-08-01 --json
      hjemmel check *.docx
    """
    from hjemmel import render
    from hjemmel.checking import judgements

    found = judgements(document, cache(opened_store), as_of=day(as_of), language=lang)
    if not json_:
        for one in found:
            typer.echo(render.judgement(one))
        return
    # One document is answered as itself, several as a list.
    told = list(found)
    typer.echo(render.as_json(told[0] if len(document) == 1 else {"judgements": told}))


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
