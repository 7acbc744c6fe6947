"""How the command line is used: the options that commands share, what words stand for, and errors as one sentence."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from typer.core import TyperGroup

if TYPE_CHECKING:
    from hjemmel.store import Store

OURS = {"hjemmel", "ingest", "ontology", "queries", "shapes"}
BAD_USE, FAILED = 2, 1
READ_JSON = "hjemmel.json"

Language = Literal["nb", "nn", "en"]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
Lang = Annotated[Language, typer.Option("--lang", help="The language of questions, labels and messages.")]
Kind = Annotated[
    Literal["agreement", "guidance", "meeting papers"],
    typer.Option("--kind", help="What a file is, if it is not in the store."),
]
Confirmed = Annotated[bool, typer.Option("--confirmed", help="Count only what a person has confirmed.")]
Subject = Annotated[str, typer.Argument(metavar="DOC-OR-FILE", help="The id of a document in the store, or a file.")]


class Commands(TyperGroup):
    """The commands; whatever goes wrong in a foreseen way becomes one sentence and an exit code."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Remember whether the answer is for a program, before anything can go wrong."""
        ctx.meta[READ_JSON] = "--json" in args
        return super().parse_args(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except (typer.Exit, typer.Abort, BrokenPipeError):
            raise
        except typer.TyperException as error:
            self._fail(ctx, _usage(error), BAD_USE)
        except OSError as error:
            self._fail(ctx, f"{error.filename or 'Input or output'}: {error.strerror or error}.", FAILED)
        except Exception as error:
            # Our own errors are written to be read; anything else is a mistake of ours, and its trace is needed.
            if type(error).__module__.partition(".")[0] not in OURS:
                raise
            self._fail(ctx, str(error), BAD_USE if isinstance(error, ValueError | LookupError) else FAILED)

    def _fail(self, ctx: Any, message: str, code: int) -> None:
        if ctx.meta[READ_JSON]:
            typer.echo(json.dumps({"error": message}, ensure_ascii=False))
        typer.echo(message, err=True)
        raise typer.Exit(code)


def _usage(error: typer.TyperException) -> str:
    """What is wrong with the words of the command, and where its use is told."""
    within = getattr(error, "ctx", None)
    where = f"hjemmel {within.command.name}" if within and within.parent else "hjemmel"
    message = error.format_message() if hasattr(error, "format_message") else str(error)
    for prefix in ("Invalid value: ", "Value error, "):
        message = message.replace(prefix, "")
    return f"{where}: {message.rstrip('.')}. See `{where} --help`."


def day(text: str | None, option: str = "--as-of") -> date | None:
    """A day as it is written on the command line."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise typer.BadParameter(f"{option} {text} is not a date: write it as 2024-09-12") from None


def words(file_or_text: str) -> str:
    """The words given: in a file of that name, from standard input for "-", or as they stand."""
    if file_or_text == "-":
        return sys.stdin.read()
    # A query is too long, or holds line breaks, for many systems to take as the name of a file.
    path = Path(file_or_text) if len(file_or_text) < 256 and "\n" not in file_or_text else None
    if path is not None and path.is_file():
        try:
            return path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            raise typer.BadParameter(f"{path} is not text in UTF-8") from None
    if path is not None and path.suffix in (".rq", ".sparql", ".txt"):
        raise typer.BadParameter(f"There is no file {path}")
    return file_or_text


def opened_store() -> "Store":
    """The store with people's decisions; built first, under a progress bar, if there is none."""
    from hjemmel import build as building
    from hjemmel import mirror, render, review, snapshot
    from hjemmel.remote import remote
    from hjemmel.store import Store

    home, elsewhere = snapshot.home(), remote()
    if elsewhere is None and snapshot.current(home) is None:
        with render.progress_bar() as progress:
            building.build(building.corpus(), progress=progress)
    store = Store.load()
    may_write = elsewhere is None or (elsewhere.writable and snapshot.current(home) is not None)
    if may_write and review.behind(home, store):
        # Killed between log and graph, or rolled back: the log is what counts.
        with snapshot.writing(home):
            review.bring_up(home)
        mirror.follow(home)
        store = Store.load()
    return store
