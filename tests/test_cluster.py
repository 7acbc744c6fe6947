"""A Dask cluster reads the documents: the same graph, also when a worker dies, and one sentence when it cannot."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.country import country
from hjemmel import cluster
from hjemmel.build import build, corpus
from hjemmel.cluster import ClusterError
from hjemmel.snapshot import StoreError, current
from hjemmel.store import Store
from hjemmel.workers import Quads, Source, readings
from ingest.document import Document

DOCUMENTS = tuple(reading.document for reading in country(5, 24))
SURROUNDINGS = {**os.environ, "DASK_DISTRIBUTED__WORKER__MEMORY__TERMINATE": "False"}


@contextmanager
def process(*command: str) -> Iterator[subprocess.Popen[bytes]]:
    started = subprocess.Popen(
        [sys.executable, "-m", *command], env=SURROUNDINGS, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield started
    finally:
        started.kill()
        started.wait(timeout=20)


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    told = tmp_path_factory.mktemp("dask") / "scheduler.json"
    command = ("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    with process(*command, "--scheduler-file", str(told)) as running:
        until = time.monotonic() + 60
        while not told.exists():
            assert running.poll() is None and time.monotonic() < until
            time.sleep(0.1)
        time.sleep(0.2)
        yield json.loads(told.read_text())["address"]


def worker(address: str) -> AbstractContextManager[subprocess.Popen[bytes]]:
    return process(
        *("distributed.cli.dask_worker", address, "--host", "127.0.0.1", "--nthreads", "1", "--no-nanny"),
        *("--no-dashboard", "--memory-limit", "0"),
    )


def lines(found: Iterable[tuple[Source, Quads]]) -> list[tuple[str, list[str]]]:
    return [(document.id, sorted(map(str, quads()))) for document, quads in found]


def test_a_cluster_of_two_workers_loses_nothing_when_one_is_killed_midway(scheduler: str, tmp_path: Path) -> None:
    in_turn = lines(readings(DOCUMENTS, tmp_path))
    with worker(scheduler) as first, worker(scheduler):
        read = []
        for document, quads in cluster.readings(DOCUMENTS, tmp_path, scheduler):
            read.append((document.id, sorted(map(str, quads()))))
            if len(read) == 5:
                first.send_signal(signal.SIGKILL)
    assert read == in_turn


def test_a_build_by_a_cluster_is_the_build_of_one_machine_and_shows_how_far_it_is(
    scheduler: str, tmp_path: Path
) -> None:
    shown: list[tuple[str, int, int]] = []
    build(corpus(), tmp_path / "alone", documents=DOCUMENTS[:3])
    with worker(scheduler):
        build(
            *(corpus(), tmp_path / "cluster"),
            documents=DOCUMENTS[:3],
            dask=scheduler,
            progress=lambda *told: shown.append(told),
        )
    alone, together = (sorted(map(str, Store.load(tmp_path / name).quads())) for name in ("alone", "cluster"))
    assert together == alone
    assert [f"reading {document.id}" for document in DOCUMENTS[:3]] == [
        step for step, *_ in shown if step.startswith("reading ")
    ]


def test_names_that_are_to_be_erased_do_not_come_back_from_a_cluster(scheduler: str, tmp_path: Path) -> None:
    (tmp_path / "erasure.txt").write_text("Brattholt\n", encoding="utf-8")
    text = "Samarbeidsavtale\n\n1. Formål\nReferent er Brattholt.\n"
    document = Document(id="en", text=text, title="Avtale", kind="agreement")
    with worker(scheduler):
        [(_, read)] = lines(cluster.readings([document], tmp_path, scheduler))
    assert read
    assert not any("Brattholt" in quad for quad in read)


def test_a_document_that_cannot_be_read_is_named(scheduler: str, tmp_path: Path) -> None:
    broken = replace(DOCUMENTS[0], id="odelagt", made_on="i går")  # type: ignore[arg-type]
    with worker(scheduler), pytest.raises(StoreError, match=r"odelagt could not be read \(\w+: .+\); the store is as"):
        build(corpus(), tmp_path, documents=(broken,), dask=scheduler)
    assert current(tmp_path) is None


def test_a_worker_with_another_version_reads_nothing(
    scheduler: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster.ground, "code", lambda: "another")
    with worker(scheduler), pytest.raises(ClusterError, match="another version of Hjemmel"):
        build(corpus(), tmp_path, documents=DOCUMENTS[:1], dask=scheduler)


def test_a_scheduler_without_workers_is_told_of(scheduler: str, tmp_path: Path) -> None:
    with pytest.raises(ClusterError, match=r"has had no worker for 0 seconds: start some with `dask worker tcp://"):
        list(cluster.readings(DOCUMENTS[:1], tmp_path, scheduler, patience=0.2))


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nowhere"])
def test_an_address_without_a_scheduler_is_told_of(address: str, tmp_path: Path) -> None:
    with pytest.raises(
        ClusterError, match=rf"There is no Dask scheduler at {address}: start one with `dask scheduler`"
    ):
        list(cluster.readings(DOCUMENTS[:1], tmp_path, address, patience=1))


def test_without_the_extra_one_sentence_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ClusterError, match=r"install it with `pip install 'hjemmel\[dask\]'`"):
        list(cluster.readings(DOCUMENTS[:1], tmp_path, "tcp://127.0.0.1:8786"))
