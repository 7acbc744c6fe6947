"""`hjemmel laws`: the acts and regulations that are kept beside the store."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hjemmel.cli.usage import Json

if TYPE_CHECKING:
    from hjemmel.laws import Laws

app = typer.Typer(no_args_is_help=True, add_completion=False)


@app.callback()
def laws() -> None:
    """Fetch the law in force from Lovdata, or add files at hand.

    Without it, Hjemmel knows the acts that agreements name and the
    provisions that requirements rest on; with it, every act in force by its
    names, and the words of those that are cited.

    \b
    Examples:
      hjemmel laws update
      hjemmel laws add nl-20110624-030.xml gjeldende-lover.tar.bz2
    """


@app.command()
def update(json_: Json = False) -> None:
    """Fetch Lovdata's public archives of acts and regulations.

    About 30 MB, without a key, licence NLOD 2.0. HTTPS_PROXY is used if it is
    set. What was fetched before is replaced; files that were added stay. The
    next build reads them.

    \b
    Examples:
      hjemmel laws update
    """
    from hjemmel import laws as keeping
    from hjemmel import render, snapshot

    with render.progress_bar() as progress:
        kept = keeping.update(snapshot.home(), progress=progress)
    _tell(kept, json_)


@app.command()
def add(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Acts in Lovdata's XML, or archives of them.")],
    json_: Json = False,
) -> None:
    """Add acts from files at hand.

    The next build reads them.

    \b
    Examples:
      hjemmel laws add nl-20110624-030.xml
      hjemmel laws add gjeldende-lover.tar.bz2
    """
    from hjemmel import laws as keeping
    from hjemmel import render, snapshot

    with render.progress_bar() as progress:
        kept = keeping.add(snapshot.home(), files, progress=progress)
    _tell(kept, json_)


def _tell(kept: "Laws", json_: bool) -> None:
    from hjemmel import render

    regulations = sum(law.startswith("forskrift/") for law in kept.acts)
    facts = {
        "acts": len(kept.acts) - regulations,
        "regulations": regulations,
        "archives": [
            {"name": one.name, "sha256": one.sha256, "bytes": one.size, "fetched": one.fetched} for one in kept.archives
        ],
    }
    if json_:
        typer.echo(render.as_json(facts))
        return
    for one in kept.archives:
        typer.echo(f"{one.name}  {one.size} bytes  sha-256 {one.sha256}")
    typer.echo(
        f"{facts['acts']} acts and {regulations} regulations are kept. Run `hjemmel build` to take them into the graph."
    )
