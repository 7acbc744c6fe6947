"""Nobody is shut out: axe-core finds nothing on any page, in either language, on a wide screen or a narrow one."""

from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Page

from benchmarks.browsing import view
from hjemmel.pages.address import PATHS

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
# Streamlit's own markup, which no page of ours can mend: the rule, and why.
STREAMLITS_OWN = {
    "presentation-role-conflict": "the drop zone of the file uploader says that it is presentation, and takes the focus"
}


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS)
def test_axe_finds_nothing_wide_or_narrow(page: Page, server: str, path: str, language: str) -> None:
    view(page, f"{server}/{path}{'?lang=en' if language == 'en' else ''}")
    page.evaluate(AXE)
    assert page.evaluate("document.documentElement.lang") == language
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(300)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
        told = {
            rule["id"]: [node["html"][:200] for node in rule["nodes"]]
            for rule in found["violations"]
            if rule["id"] not in STREAMLITS_OWN
        }
        assert told == {}
