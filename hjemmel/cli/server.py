"""The command that serves the pages and the endpoint."""

from pathlib import Path
from typing import Annotated

import typer

from hjemmel.cli.usage import opened_store


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
        opened_store()
    serve_until_stopped(host=host, port=port, data=data, pages=not no_app and data is None)
