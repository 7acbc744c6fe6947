"""The commands about one document or file, or about any text."""

import sys
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import typer

from hjemmel.cli.usage import Confirmed, Json, Kind, Lang, Subject, day, opened_store, words

Engine = Literal["compiled", "pyshacl"]
REPORTS = ("json", "ttl", "docx", "xlsx", "html")


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
    *,
    confirmed: Confirmed = False,
    shapes: Annotated[Path | None, typer.Option(metavar="DIR", help="A folder with rules of your own (.ttl).")] = None,
    form: Annotated[
        Literal["json", "ttl", "docx", "xlsx", "html"] | None, typer.Option("--format", help="A report, for --out.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="The file for the report; its ending tells the format.")] = None,
    engine: Annotated[
        Engine, typer.Option(help="What runs the rules: the same findings, and pyshacl takes much longer.")
    ] = "compiled",
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
      hjemmel check utkast.docx --out kontroll.docx
      hjemmel check utkast.docx --shapes egne-regler --out kontroll.xlsx
    """
    from hjemmel import render
    from hjemmel.checking import How, judgements, one_judged

    how = How(as_of=day(as_of), language=lang, confirmed_only=confirmed, shapes=shapes, engine=engine)
    if out is not None or form is not None:
        written_as, file = _format(form, out)
        if len(document) != 1:
            raise typer.BadParameter("A report is on one document: give one, or leave out --out")
        from hjemmel.report import report
        from hjemmel.report.formats import write
        from hjemmel.store import opened_name

        about, judgement, own = one_judged(document[0], opened_store, how)
        name = opened_name() if about.store.manifest.built else None
        made = report(judgement, about.store, language=lang, snapshot=name, own=own)
        write(made, written_as, file)
        facts = {"file": str(file), "format": written_as, "findings": len(made.entries)}
        typer.echo(render.as_json(facts) if json_ else f"Wrote a report of {len(made.entries)} findings to {file}.")
        return
    found = judgements(document, cache(opened_store), how=how)
    if not json_:
        for one in found:
            typer.echo(render.judgement(one, lang))
        return
    # One document is answered as itself, several as a list.
    told = list(found)
    typer.echo(render.as_json(told[0] if len(document) == 1 else {"judgements": told}))


def _format(form: str | None, out: Path | None) -> tuple[str, Path]:
    """The format of the report that is asked for, and its file."""
    if out is None:
        raise typer.BadParameter(f"--format {form} is written to a file, so it needs --out FILE")
    named = form or out.suffix.removeprefix(".")
    if named not in REPORTS:
        raise typer.BadParameter(f"{out} does not end in the name of a format: use --format {'|'.join(REPORTS)}")
    return named, out


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
