"""What a person calls things, as the addresses the graph knows them by, and the options of a query of the catalogue."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import TYPE_CHECKING

from hjemmel.store import ID, Store

if TYPE_CHECKING:
    from queries import Query

# The ways of calling a thing that stand for it; a search term only has to do with it.
WAYS = {"identifier", "label", "member", "notation", "other", "short"}


class UnknownNameError(LookupError):
    """A name that stands for nothing; the message offers the nearest that do."""


def iri(store: Store, kind: str, name: str) -> str:
    """The address of the thing of this kind that a name stands for: a label, notation, short form, end of an address.

    An address stands for itself, and so does anything of a kind that has no names, such as a date.
    """
    from queries import catalogue

    if name.startswith(("http://", "https://")):
        return name
    known: dict[str, str] = {}
    for row in catalogue()["names"].run(store):
        address = str(row["thing"])
        if row["kind"] == kind and row["way"] in WAYS:
            for called in (str(row["name"]), address.removeprefix(ID), address.rpartition("/")[2]):
                known.setdefault(_plain(called), address)
    if not known:
        return name
    found = known.get(_plain(name))
    if found is None:
        raise UnknownNameError(f"There is no {kind} called {name!r}{_near(_plain(name), known)}.")
    return found


def query(name: str) -> "Query":
    """A query of the catalogue by its name."""
    from queries import catalogue

    if name not in catalogue():
        near = _near(name, catalogue())
        raise UnknownNameError(f"There is no query {name!r}{near}: `hjemmel queries` lists them.")
    return catalogue()[name]


def parameters(query: "Query", words: Iterable[str]) -> dict[str, str]:
    """The parameters of a query out of what stands after its name: --name value, or --name=value."""
    given: dict[str, str] = {}
    left = list(words)
    while left:
        option, equals, value = left.pop(0).partition("=")
        name = option.removeprefix("--").replace("-", "_")
        if not option.startswith("--") or name not in query.parameters:
            takes = ", ".join(f"--{each}" for each in query.parameters) or "no options"
            raise UnknownNameError(
                f"{query.name} takes {takes}, and not {option}: see `hjemmel query {query.name} --help`."
            )
        if not equals and not left:
            raise UnknownNameError(f"{option} needs a value, such as {query.parameters[name].example}.")
        given[name] = value if equals else left.pop(0)
    return given


def _near(name: str, known: Iterable[str]) -> str:
    near = get_close_matches(name, list(known), n=3, cutoff=0.5)
    return f" (near: {', '.join(near)})" if near else ""


def _plain(name: str) -> str:
    return " ".join(name.replace("\xa0", " ").casefold().split())
