"""`python -m benchmarks.screens`: a picture of every page, over the documents that come with Hjemmel."""

import sys
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote, urlsplit

from PIL import Image
from playwright.sync_api import Page

from benchmarks.browsing import READY, ROOT, chromium, served, view
from hjemmel.pages.address import PATHS
from hjemmel.pages.words import texts

FOLDER = ROOT / "docs" / "screens"
SIZE = (1200, 800)
LARGEST = 150_000
COLOURS = 128


def main(chosen: Sequence[str], *, folder: Path = FOLDER) -> list[Path]:
    """Write the pictures of the pages named, or of all; no request may leave this host."""
    with TemporaryDirectory() as home, served(Path(home), HJEMMEL_REVIEW="1") as server, chromium() as browser:
        context = browser.new_context(viewport={"width": SIZE[0], "height": SIZE[1]}, locale="nb-NO")
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        written = [_picture(page, server.address, key, folder) for key in chosen or PATHS]
    elsewhere = {url for url in asked if urlsplit(url).scheme.startswith("http") and not url.startswith(server.address)}
    if elsewhere:
        raise RuntimeError(f"Other hosts were asked: {', '.join(sorted(elsewhere))}.")
    return written


def _picture(page: Page, address: str, key: str, folder: Path) -> Path:
    """One page as its reader first meets it; the question is asked, and the document open at what answers it."""
    question = texts("nb")["example questions"].splitlines()[0]
    view(page, f"{address}/?q={quote(question)}" if key in ("ask", "reader") else f"{address}/{PATHS[key]}")
    if key == "reader":
        page.locator(".hj-card a", has_text=texts("nb")["open"]).first.click()
        page.locator("mark.hj-here").first.wait_for()
    page.wait_for_selector(READY)
    page.evaluate("document.fonts.ready")
    page.mouse.move(SIZE[0] - 1, SIZE[1] - 1)  # nothing is to be lit up by it
    page.wait_for_timeout(1500)  # what is drawn by a script of its own
    path = folder / f"{key}.png"
    path.write_bytes(_small(page.screenshot()))
    return path


def _small(picture: bytes) -> bytes:
    """The same picture with few colours, which is all that a page has."""
    out = BytesIO()
    few = Image.open(BytesIO(picture)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(out, "PNG", optimize=True)
    if len(out.getvalue()) >= LARGEST:
        raise RuntimeError(f"A picture of {len(out.getvalue()):,} bytes is too large.")
    return out.getvalue()


if __name__ == "__main__":
    for one in main(sys.argv[1:]):
        print(f"{one.relative_to(ROOT)}: {one.stat().st_size // 1000} kB")
