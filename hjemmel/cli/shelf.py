"""The commands that put documents into the store and take them out again, and that keep copies of all of it."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from hjemmel.cli.usage import Json, Kind, day


def ingest(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Documents: PDF, Word, web page or text.")],
    *,
    kind: Kind = "agreement",
    region: Annotated[
        str | None, typer.Option(metavar="NAME", help="The helsefellesskap, such as vestfold; else read from the text.")
    ] = None,
    title: Annotated[str | None, typer.Option(help="What the document is called; else read from it.")] = None,
    made_on: Annotated[
        str | None, typer.Option("--date", metavar="DATE", help="The day it was made (2024-09-12).")
    ] = None,
    status: Annotated[
        Literal["draft", "hearing", "adopted", "signed", "superseded"] | None,
        typer.Option(help="How far the document has come."),
    ] = None,
    json_: Json = False,
) -> None:
    """Add documents to the store.

    The files are kept under HJEMMEL_HOME, and every build has them among its
    documents. Nothing else is read again. A file of the same name as one that
    was added takes its place.

    \b
    Examples:
      hjemmel ingest avtale.pdf
      hjemmel ingest utkast.docx --region vestfold --date 2024-09-12 --status draft
    """
    from hjemmel import render, shelf, snapshot

    if title and len(files) > 1:
        raise typer.BadParameter("--title is of one document, and there are several files")
    said = shelf.Said(kind=kind, region=region, title=title, made_on=day(made_on, "--date"), status=status)
    with render.progress_bar() as progress:
        added, manifest = shelf.add(snapshot.home(), files, said, progress=progress)
    facts = {"added": added, "documents": len(manifest.documents), "statements": manifest.quads}
    if json_:
        typer.echo(render.as_json(facts))
    else:
        typer.echo(
            f"Added {', '.join(added)}: {facts['documents']} documents and {manifest.quads} statements in the store."
        )


def forget(
    document: Annotated[str, typer.Argument(metavar="DOC", help="The id of a document that was added.")],
    json_: Json = False,
) -> None:
    """Take a document that was added out of the store.

    Its file is deleted. The snapshots before still have what was read of it,
    until three newer ones have been built.

    \b
    Examples:
      hjemmel documents                       which there are
      hjemmel forget utkast
    """
    from hjemmel import render, shelf, snapshot

    with render.progress_bar() as progress:
        manifest = shelf.remove(snapshot.home(), document, progress=progress)
    facts = {"removed": document, "documents": len(manifest.documents), "statements": manifest.quads}
    typer.echo(
        render.as_json(facts) if json_ else f"{document} is out of the store: {facts['documents']} documents are left."
    )


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write, such as hjemmel.tar.gz.")],
    json_: Json = False,
) -> None:
    """Write all of the store to one file.

    The current snapshot, the documents that were added, the laws, and what
    people have put beside them.

    \b
    Examples:
      hjemmel backup hjemmel.tar.gz
    """
    from hjemmel import backup as copies
    from hjemmel import render, snapshot

    found = copies.back_up(snapshot.home(), file)
    facts = {"file": str(file), "documents": len(found.documents), "statements": found.quads}
    typer.echo(
        render.as_json(facts) if json_ else f"Wrote {facts['documents']} documents, {found.quads} statements to {file}."
    )


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that `hjemmel backup` wrote.")],
    json_: Json = False,
) -> None:
    """Make the store what it was when it was backed up.

    Every byte is checked first. The snapshots before stay, for `hjemmel
    rollback`; what stood beside them is kept in a folder called replaced-1.

    \b
    Examples:
      hjemmel restore hjemmel.tar.gz
    """
    from hjemmel import backup as copies
    from hjemmel import render, snapshot

    found = copies.restore(snapshot.home(), file)
    facts = {"file": str(file), "documents": len(found.documents), "statements": found.quads}
    said = f"The store is that of {file}: {facts['documents']} documents, {found.quads} statements."
    typer.echo(render.as_json(facts) if json_ else said)
