"""What tests share: a server over the real documents, Chromium, and a main module to start processes from."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from benchmarks.browsing import CHROMIUM, ROOT, chromium, served

if TYPE_CHECKING:
    from hjemmel.store import Store


expect.set_options(timeout=30_000)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server over a store built for these tests."""
    with served(tmp_path_factory.mktemp("server")) as running:
        yield running.address


@pytest.fixture(scope="session")
def read_corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the documents that come with Hjemmel, read once; nobody may write to it."""
    from hjemmel.build import build

    home = tmp_path_factory.mktemp("corpus")
    build(ROOT / "corpus", home)
    return home


@pytest.fixture(scope="module")
def corpus_store(read_corpus: Path) -> "Iterator[Store]":
    """The store over these documents, which is the one that the pages of a module show."""
    from hjemmel.store import Store

    with pytest.MonkeyPatch.context() as surroundings:
        surroundings.setenv("HJEMMEL_HOME", str(read_corpus))
        yield Store.load()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is missing, and the browser tests may not be left out here: install chromium.")
        pytest.skip("Chromium is not installed: apt-get install chromium")
    with chromium() as started:
        yield started


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": 1280, "height": 900}, locale="nb-NO")
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext, server: str) -> Iterator[Page]:
    """A fresh page; a request to any other host fails the test."""
    opened = context.new_page()
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.set_default_timeout(60_000)
    yield opened
    elsewhere = {url for url in asked if urlsplit(url).scheme.startswith("http") and not url.startswith(server)}
    assert not elsewhere


@pytest.fixture(autouse=True)
def main_module(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streamlit's AppTest leaves a script of its own as the main module, which every new process would run again."""
    monkeypatch.setitem(sys.modules, "__main__", ModuleType("__main__"))
