"""How long a person waits: for the build, for an answer, for the findings on one agreement."""

import gc
import resource
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import _lru_cache_wrapper, cache
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from rdflib import URIRef

from hjemmel.build import build, corpus
from hjemmel.comparison import compare, diff
from hjemmel.store import Store
from hjemmel.subject import Subject
from ingest import Document, read
from ingest.readers.catalogue import documents
from queries import catalogue
from queries.answer import answer
from queries.names import Known
from shapes import check

MANY = (100, 1000)
SENTENCES = range(1, 1025)
"""How many things a function of the reader remembers that remembers sentences; of words it is more."""

VERSIONS = ("vestfold-ssu-2022-11-24-del-1", "vestfold-samarbeidsavtale")
QUESTIONS = (
    "Hvilke klausuler gjennomfører § 6-2 nr. 13 i alle helsefellesskap?",
    "Which clauses implement § 6-2 no. 8 in all health communities?",
    "Kva er oppseiingstida i avtalane?",
    "Hvilke lover viser avtalen for Vestfold til?",
    "Hvem godkjenner avtalen for Ahus?",
)


def table() -> None:
    """Print one line a figure: median of the runs, with the smallest and the largest."""
    with TemporaryDirectory() as folder:
        home = Path(folder)
        report("build of the corpus", lambda: build(corpus(), home, force=True), runs=3)
        store = Store.load(home)
        report("what can be named, read once for all questions", lambda: Known.of(store), runs=5)
        known = Known.of(store)
        for question in QUESTIONS:
            report(f"ask: {question}", lambda question=question: answer(question, store, known), runs=20)
        for row in catalogue()["documents_searched"].run(store):
            agreement = str(row["document"])
            graph = store.graph(agreement)
            report(
                f"check: {agreement.rpartition('/')[2]}",
                lambda graph=graph, agreement=agreement: check(graph, URIRef(agreement), as_of=date.today()),
                runs=3,
            )
        report("compare, warm", lambda: compare(store), runs=5)
        versions = [Subject(store, store.document_iri(document)) for document in VERSIONS]
        report("diff of two versions, warm", lambda: diff(*versions), runs=5)
    read_all = documents(corpus())
    report("reading of the corpus", lambda: [read(document) for document in read_all], runs=5)
    ours, bare = per_core(read_all, read), per_core(read_all, tokeniser())
    print(f"{ours:>10,.0f} words/s   reading of the corpus, one core")
    print(f"{bare:>10,.0f} words/s   spaCy's bare tokeniser; reading is {ours / bare:.2f} of that", flush=True)
    for count in MANY:
        many(count)


def per_core(found: Sequence[Document], work: Callable[[Document], object], *, runs: int = 5) -> float:
    """The words that are worked through in a second of one core's time, whatever else the machine does.

    Each run reads as if for the first time: what is remembered of sentences is forgotten before it.
    """
    words = sum(len(document.text.split()) for document in found)
    seconds = []
    for _ in range(runs):
        forget()
        begin = process_time()
        for document in found:
            work(document)
        seconds.append(process_time() - begin)
    return words / median(seconds)


def forget() -> None:
    """Let the reader forget the sentences that it has read, as if the next text were new; words it may know."""
    for one in _of_sentences():
        one.cache_clear()


@cache
def _of_sentences() -> "list[_lru_cache_wrapper[object]]":
    found = [one for one in gc.get_objects() if isinstance(one, _lru_cache_wrapper)]
    return [one for one in found if one.__module__.startswith("ingest.") and one.cache_info().maxsize in SENTENCES]


def tokeniser() -> Callable[[Document], object]:
    """The bare cutting of a Norwegian text into words, as spaCy does it before anything else."""
    import spacy

    cut = spacy.blank("nb").tokenizer
    return lambda document: cut(document.text)


def many(count: int) -> None:
    """Print how fast so many agreements are read one after the other, and how much memory that took at most."""
    words, begin = 0, process_time()
    for document in agreements(count):
        words += len(document.text.split())
        read(document)
    speed = words / (process_time() - begin)
    print(f"{speed:>10,.0f} words/s   reading of {count:,} documents, one core; {peak():.0f} MB at most", flush=True)


def agreements(count: int) -> Iterator[Document]:
    """The agreements of the corpus over and over, each time with words that no other has."""
    known = [document for document in documents(corpus()) if document.kind == "agreement"]
    for number in range(count):
        document = known[number % len(known)]
        added = f"\n\nTillegg {number}\n\nNybygd{number} kommune skal møte partene i Nygrend{number} hvert år.\n"
        yield replace(document, id=f"{document.id}-{number}", text=document.text + added)


def peak() -> float:
    """The most memory that this process has held so far, in MB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1e6 if sys.platform == "darwin" else 1e3)


def report(name: str, work: Callable[[], object], *, runs: int) -> float:
    """Time a piece of work after one warm-up, print the line, give the median in seconds."""
    work()
    times = []
    for _ in range(runs):
        begin = perf_counter()
        work()
        times.append(perf_counter() - begin)
    least, usual, most = (f"{seconds * 1000:,.1f}" for seconds in (min(times), median(times), max(times)))
    print(f"{usual:>10} ms   ({least}-{most})   {name}", flush=True)
    return median(times)
