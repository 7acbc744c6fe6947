"""The command line: each command reads its words, asks the rest of Hjemmel, and prints.

Heavy libraries are imported by the commands that need them, so that `hjemmel --help` is there at once.
"""

import typer

from hjemmel.cli import laws, review
from hjemmel.cli.comparing import compare, diff, network, path, similar
from hjemmel.cli.documents import check, cite, documents, show
from hjemmel.cli.graph import build, export, rollback, sparql
from hjemmel.cli.questions import ask, queries, query
from hjemmel.cli.server import serve
from hjemmel.cli.shelf import backup, forget, ingest, restore
from hjemmel.cli.usage import Commands

app = typer.Typer(cls=Commands, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
# Any word after the name of a query may be one of its parameters.
ANY_OPTION = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}


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


app.command()(build)
app.command()(ingest)
app.command()(forget)
app.command()(rollback)
app.command()(backup)
app.command()(restore)
app.command()(documents)
app.command()(show)
app.command()(ask)
app.command()(queries)
app.command(context_settings=ANY_OPTION)(query)
app.command()(check)
app.command()(compare)
app.command()(diff)
app.command()(similar)
app.command()(network)
app.command()(path)
app.command()(cite)
app.command()(sparql)
app.command()(export)
app.command()(serve)
app.add_typer(laws.app, name="laws")
app.add_typer(review.app, name="review")
