"""What the pages read: the store, its documents and one document's text, kept until a new snapshot is built."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import streamlit as st

from hjemmel import committees as read
from hjemmel import proceedings, snapshot
from hjemmel.committees import Committee
from hjemmel.comparison import Comparison, Diff, NothingToCompareError, compare, diff, topics
from hjemmel.judgement import Judgement, judged
from hjemmel.network import network as connected
from hjemmel.pages.words import Language, day, language, name, norwegian_order
from hjemmel.proceedings import Meeting
from hjemmel.review import Reviewed, reviews
from hjemmel.review.target import Facts, facts
from hjemmel.store import Store, opened_name
from hjemmel.subject import Subject
from ingest.flow import Flow
from ingest.structure import structure
from queries import Answer, Row, answer, answer_to, catalogue
from queries.names import Known

if TYPE_CHECKING:
    import networkx as nx


MOST_READY = 40
"""Agreements that are judged before anybody asks: fewer than are kept."""

MOST_TOGETHER = 30
"""Agreements that are drawn as one network; of more, one at a time."""


_HELD: ContextVar[Store | None] = ContextVar("held", default=None)


@dataclass(frozen=True, slots=True)
class Paper:
    """A document as the pages know it."""

    id: str
    iri: str
    title: str
    kind: str
    region: str = ""
    status: str = ""
    made_on: str = ""
    missing: str = ""
    publisher: str = ""
    page: str = "reader"
    """The page that shows its text."""
    has_namesakes: bool = False
    """Whether title and day must tell it from others."""

    @property
    def label(self) -> str:
        """The short name: the region for an agreement, otherwise what it is called; and what tells it from others."""
        of_region = bool(self.region and self.is_agreement)
        called = self.region if of_region else self.title
        if of_region and self.is_preliminary:
            called = f"{called} ({name('status', self.status)})"
        if not self.has_namesakes:
            return called
        apart = (self.title if of_region else "", day(self.made_on) if self.made_on else "")
        return ", ".join((called, *filter(None, apart)))

    @property
    def listed(self) -> str:
        """What it is called in a list of all: short name and title."""
        return self.label if self.title in self.label else f"{self.label}: {self.title}"

    @property
    def is_agreement(self) -> bool:
        """Whether requirements apply to it."""
        return self.kind == "agreement"

    @property
    def is_preliminary(self) -> bool:
        """Whether it does not bind anyone, not yet or no more."""
        return self.status in ("draft", "hearing", "superseded")


def store() -> Store:
    """The current snapshot, opened once for everybody; a newer one takes its place when it is built.

    Or the service that the environment names, opened anew when it has been given another snapshot.
    """
    return _HELD.get() or _opened(opened_name())


@contextmanager
def same_store() -> Iterator[None]:
    """The snapshot is found once for a whole page: no page is made of two, and a long answer asks for it often."""
    before = _HELD.set(store())
    try:
        yield
    finally:
        _HELD.reset(before)


def papers() -> list[Paper]:
    """Every document, agreements first, in Norwegian order; of a region what binds first, and the newest first."""
    return _papers(store())


def paper(document: str) -> Paper | None:
    """The document with this identifier or address."""
    return _called(store()).get(document)


def agreements() -> list[Paper]:
    """The documents that the law says something about."""
    return [found for found in papers() if found.is_agreement]


def built() -> str:
    """The day on which the documents were read."""
    return store().manifest.built


def basis() -> dict[str, list[Row]]:
    """Where in the law each requirement stands, by its notation, in the law's order."""
    return _basis(store())


def requirements() -> dict[str, Row]:
    """The first row of each requirement's basis, by the requirement's address."""
    return _requirements(store())


def ask(question: str) -> Answer:
    """The answer to a sentence."""
    opened = store()
    return answer(question, opened, _known(opened), language=language(), snapshot=state(), as_of=date.today())


def ask_again(query: str, values: Mapping[str, Sequence[str]]) -> Answer:
    """The answer to a question that is put by its name and values."""
    opened = store()
    return answer_to(query, values, opened, _known(opened), language=language(), snapshot=state(), as_of=date.today())


def state() -> str:
    """What tells one state of the documents from another."""
    return store().manifest.source[:16]


def judgement(document: Paper, as_of: date | None, *, confirmed_only: bool = False) -> Judgement:
    """What the check of an agreement finds by the law of a day, or of the day it was made if none is given."""
    return _judgement(store(), document.iri, as_of, confirmed_only, date.today())


def decisions(target: str) -> list[Reviewed]:
    """What people decided on a claim or a finding, in order."""
    return [one for one in _decisions(store()) if one.target == target]


def review_facts(target: str) -> Facts:
    """What a decision on a claim or a finding is about."""
    return _facts(store(), target)


def provision(address: str, on: date) -> list[Row]:
    """What a provision said on a day, part by part."""
    return _provision(store(), address, on)


def compared(documents: tuple[str, ...], *, topic: str = "", requirement: str = "") -> Comparison:
    """Agreements side by side on a topic, on a requirement or on everything; without documents, one of each region."""
    return _compared(store(), documents, topic, requirement, language())


def changed(one: Paper, other: Paper) -> Diff:
    """What became of one text in another, both by the law of this day."""
    return _changed(store(), one.iri, other.iri, date.today())


def network(document: Paper | None = None) -> "nx.MultiDiGraph[str]":
    """Everything that hangs together, or what one document says and the law; shared, so it is only read."""
    return connected(store(), document.iri if document else None)


def rows(query: str, document: Paper) -> list[Row]:
    """The answer of a query about one document."""
    return catalogue()[query].run(store(), document=document.iri)


def committees(document: Paper) -> list[Committee]:
    """The committees that a document tells of."""
    return _committees(store(), document.iri, language())


def meetings() -> list[Meeting]:
    """Every meeting that any document tells of, by day."""
    return _meetings(store(), language())


def ready() -> None:
    """Make what the first visitor of a page would wait for, of an open store."""
    opened = store()
    _known(opened)
    for one in agreements()[:MOST_READY]:
        judgement(one, None)
    if len(agreements()) <= MOST_TOGETHER:
        network()
    with suppress(NothingToCompareError):
        _compared(opened, (), next(iter(topics())), "", "nb")


@st.cache_resource(max_entries=8, show_spinner=False)
def flow(stored: str) -> Flow:
    """The running words of a stored text."""
    return structure(stored).flow


@st.cache_resource(max_entries=1, show_spinner=False)
def _opened(current: str | None) -> Store:  # noqa: ARG001 the snapshot's name is what the cache goes by
    return Store.load()


@st.cache_resource(max_entries=1, show_spinner=False, hash_funcs={Store: lambda opened: opened.manifest.built})
def _papers(opened: Store) -> list[Paper]:
    found = [
        Paper(
            id=str(row["identifier"]),
            iri=str(row["document"]),
            title=str(row["documentLabel"]),
            kind=str(row["kind"]),
            region=str(row["regionLabel"] or ""),
            status=str(row["status"] or ""),
            made_on=str(row["madeOn"] or ""),
            missing=str(row["missingPart"] or ""),
            publisher=str(row["publisher"] or ""),
        )
        for row in catalogue()["documents"].run(opened)
    ]
    alike = Counter(_alike(one) for one in found)
    newest_first = sorted(
        (replace(one, has_namesakes=alike[_alike(one)] > 1) for one in found), key=lambda one: one.made_on, reverse=True
    )
    # Of one region, what binds comes first.
    return sorted(
        newest_first,
        key=lambda one: (not one.is_agreement, norwegian_order(one.region or one.title), one.is_preliminary),
    )


def _alike(one: Paper) -> tuple[str, ...]:
    """What agreements of one region have in common that are called the same, and other documents of one title."""
    if one.region and one.is_agreement:
        return one.kind, one.region, one.status if one.is_preliminary else ""
    return one.kind, one.title


@st.cache_resource(max_entries=1, show_spinner=False, hash_funcs={Store: lambda opened: opened.manifest.built})
def _called(opened: Store) -> dict[str, Paper]:
    return {called: one for one in _papers(opened) for called in (one.id, one.iri)}


@st.cache_resource(max_entries=1, show_spinner=False, hash_funcs={Store: lambda opened: opened.manifest.built})
def _basis(opened: Store) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in catalogue()["basis_of_requirements"].run(opened):
        found.setdefault(str(row["notation"]), []).append(row)
    return found


@st.cache_resource(max_entries=1, show_spinner=False, hash_funcs={Store: lambda opened: opened.manifest.built})
def _requirements(opened: Store) -> dict[str, Row]:
    return {str(found[0]["requirement"]): found[0] for found in _basis(opened).values()}


@st.cache_resource(max_entries=1, show_spinner=False, hash_funcs={Store: lambda opened: opened.manifest.built})
def _known(opened: Store) -> Known:
    return Known.of(opened)


@st.cache_resource(max_entries=60, show_spinner=False, hash_funcs={Store: lambda opened: opened.manifest.built})
def _judgement(
    opened: Store,
    document: str,
    as_of: date | None,
    confirmed_only: bool,
    today: date,  # noqa: ARG001 what is judged by today's law is judged anew tomorrow
) -> Judgement:
    return judged(Subject(opened, document), as_of=as_of, confirmed_only=confirmed_only)


@st.cache_resource(max_entries=1, show_spinner=False, hash_funcs={Store: lambda opened: opened.manifest.built})
def _decisions(opened: Store) -> list[Reviewed]:
    return reviews(snapshot.home(), opened)


@st.cache_resource(max_entries=60, show_spinner=False, hash_funcs={Store: lambda opened: opened.manifest.built})
def _facts(opened: Store, target: str) -> Facts:
    return facts(opened, target)


@st.cache_resource(max_entries=500, show_spinner=False, hash_funcs={Store: lambda opened: opened.manifest.built})
def _provision(opened: Store, address: str, on: date) -> list[Row]:
    return catalogue()["provision_text"].run(opened, provision=address, date=on.isoformat())


@st.cache_resource(max_entries=60, show_spinner=False, hash_funcs={Store: lambda opened: opened.manifest.built})
def _committees(opened: Store, document: str, spoken: Language) -> list[Committee]:
    return read.committees(opened, document, language=spoken)


@st.cache_resource(max_entries=2, show_spinner=False, hash_funcs={Store: lambda opened: opened.manifest.built})
def _meetings(opened: Store, spoken: Language) -> list[Meeting]:
    return proceedings.meetings(opened, language=spoken)


@st.cache_resource(max_entries=60, show_spinner=False, hash_funcs={Store: lambda opened: opened.manifest.built})
def _compared(opened: Store, documents: tuple[str, ...], topic: str, requirement: str, spoken: str) -> Comparison:
    asked = [requirement] if requirement else []
    return compare(opened, documents=documents, topic=topic or None, requirements=asked, language=spoken)


@st.cache_resource(max_entries=20, show_spinner=False, hash_funcs={Store: lambda opened: opened.manifest.built})
def _changed(opened: Store, one: str, other: str, as_of: date) -> Diff:
    return diff(Subject(opened, one), Subject(opened, other), as_of=as_of)
