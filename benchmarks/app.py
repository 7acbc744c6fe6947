"""`python -m benchmarks.app`: how long a person waits for the pages, in a real browser, and what a session costs."""

import os
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, sleep

from docx import Document
from playwright.sync_api import Browser, FilePayload, Page

from benchmarks.browsing import READY, ROOT, Server, chromium, served
from hjemmel.pages import ahead
from hjemmel.pages.address import PATHS
from hjemmel.pages.words import texts

ANOTHER = """before => {
  const heading = document.querySelector("[data-testid=stMain] h1");
  return heading && heading.innerText !== before;
}"""
AGREEMENT = ROOT / "corpus" / "ahus-samarbeidsavtale.txt"
READY_AFTER = ahead.QUIET + 10
"""Seconds after which a server has made ahead what its first visitors would wait for."""
RUNS = 5
SESSIONS = 10
LONGEST = {"first page, cold": 3.0, "page change": 0.4, "question to answer": 0.6, "upload to findings": 5.0}
"""Seconds that a person should have to wait at most."""
MOST_MEMORY = 30.0
"""Megabytes that a session more should cost at most."""


def main(runs: int = RUNS) -> None:
    """Print a line for each thing that is waited for, and for what a session costs."""
    print(f"load of this machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    with chromium() as browser:
        report("first page, cold", [_cold(browser) for _ in range(min(runs, 3))])
        with TemporaryDirectory() as home, served(Path(home)) as server:
            page = _opened(browser, server)
            sleep(READY_AFTER)
            before = _worked(server.process)
            changes = {key: [_change(page, key) for _ in range(runs)] for key in PATHS if key != "ask"}
            worked = (_worked(server.process) - before) / (2 * runs * len(changes))
            for key, seconds in changes.items():
                print(f"{median(seconds[1:]):>8.2f} s   to {key} (the first time {seconds[0]:.2f} s)", flush=True)
            report("page change", [one for seconds in changes.values() for one in seconds[1:]])
            print(f"{worked:>8.2f} s   of them the server's own work, the first times with the others", flush=True)
            for language, said in (("nb", texts("nb")), ("en", texts("en"))):
                questions = said["example questions"].splitlines()
                report(
                    "question to answer",
                    [_answer(page, server, one, language) for one in questions for _ in range(runs)],
                    more=language,
                )
            report("upload to findings", [_findings(page, server, number) for number in range(runs)])
            _sessions(browser, server)


def report(name: str, seconds: list[float], *, more: str = "") -> None:
    """One line: the median, the smallest and the largest, and whether the promise is held."""
    held = "" if median(seconds) <= LONGEST[name] else "  NOT HELD"
    print(
        f"{median(seconds):>8.2f} s   ({min(seconds):.2f}-{max(seconds):.2f})   {' '.join((name, more)).strip()}; "
        f"at most {LONGEST[name]} s{held}",
        flush=True,
    )


def _timed(work: Callable[[], object]) -> float:
    begin = perf_counter()
    work()
    return perf_counter() - begin


def _cold(browser: Browser) -> float:
    """From an address typed to a page drawn: the server has just started, the browser has nothing kept."""
    with TemporaryDirectory() as home, served(Path(home)) as server:
        context = browser.new_context()
        page = context.new_page()

        def first() -> None:
            page.goto(server.address)
            page.get_by_role("textbox", name=texts("nb")["question"]).wait_for()
            page.wait_for_selector(READY)

        seconds = _timed(first)
        context.close()
    return seconds


def _opened(browser: Browser, server: Server) -> Page:
    page = browser.new_context().new_page()
    page.goto(server.address)
    page.wait_for_selector(READY)
    return page


def _change(page: Page, key: str) -> float:
    """From a click in the navigation to the heading of another page, with nothing more to be drawn; and away again."""
    seconds = _timed(lambda: _go(page, key))
    _go(page, "ask")
    return seconds


def _go(page: Page, key: str) -> None:
    before = page.locator("[data-testid=stMain] h1").first.inner_text()
    page.locator("header").get_by_role("link", name=texts("nb")[key], exact=True).click()
    page.wait_for_function(ANOTHER, arg=before)
    page.wait_for_selector(READY)


def _answer(page: Page, server: Server, question: str, language: str) -> float:
    """From the last key to the headline of the answer."""
    page.goto(f"{server.address}/{'?lang=en' if language == 'en' else ''}")
    page.wait_for_selector(READY)
    box = page.get_by_role("textbox", name=texts("en" if language == "en" else "nb")["question"])
    box.fill(question)

    def answered() -> None:
        box.press("Enter")
        page.locator(".hj-headline").wait_for()

    return _timed(answered)


def _findings(page: Page, server: Server, number: int) -> float:
    """From a draft given to the page to the heading over what it lacks; each draft is another one."""
    page.goto(f"{server.address}/utkast")
    page.wait_for_selector(READY)
    paper = Document()
    for line in (AGREEMENT.read_text(encoding="utf-8") + f"\n\nUtkast {number}").split("\n\n"):
        paper.add_paragraph(line)
    written = BytesIO()
    paper.save(written)
    sent: FilePayload = {"name": "utkast.docx", "mimeType": "", "buffer": written.getvalue()}

    def found() -> None:
        page.set_input_files("input[type=file]", sent)
        page.locator(".hj-draft").wait_for()
        page.wait_for_selector(READY)

    return _timed(found)


def _sessions(browser: Browser, server: Server) -> None:
    """What the server holds more for each session that is open with a document in it."""
    before = _resident(server.process)
    opened = []
    for _ in range(SESSIONS):
        page = _opened(browser, server)
        for key in ("matrix", "findings", "reader"):
            _go(page, key)
        opened.append(page)
    each = (_resident(server.process) - before) / SESSIONS
    held = "" if each <= MOST_MEMORY else "  NOT HELD"
    print(
        f"{each:>8.1f} MB  a session more, of {SESSIONS} ({before:.0f} MB before); at most {MOST_MEMORY:.0f} MB{held}"
    )


def _worked(process: int) -> float:
    """Seconds that the processor has worked for a process and the children it has waited for, as Linux tells it."""
    told = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return sum(map(int, told[11:15])) / os.sysconf("SC_CLK_TCK")


def _resident(process: int) -> float:
    """The memory of a process in MB, as Linux tells it."""
    lines = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1000


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
