"""Signing in at a provider: who has may decide, and nothing tells afterwards who it was."""

import base64
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from streamlit.testing.v1 import AppTest

from benchmarks.browsing import READY, Server, served, view
from benchmarks.serving import free_port
from hjemmel.build import build
from hjemmel.review import decisions
from tests.dialog import reject
from tests.drawn import mark_up, text
from tests.provider import CLIENT, PERSONAL, Provider, key, provider
from tests.test_review import corpus

SETTINGS = {
    "redirect_uri": "http://127.0.0.1:8501/oauth2callback",
    "cookie_secret": "a long text that nobody can guess, for tests",
    "client_id": CLIENT,
    "client_secret": "also secret",
    "server_metadata_url": "http://127.0.0.1:1/.well-known/openid-configuration",
}
CELL = "krav?dok=vestfold-samarbeidsavtale&krav=6-2%3A1"
PAGE = "funn?dok=vestfold-samarbeidsavtale"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def known() -> Iterator[Provider]:
    with provider() as running:
        yield running


@pytest.fixture(autouse=True)
def well(request: pytest.FixtureRequest) -> Iterator[None]:
    """The provider does right again after each test."""
    yield
    if "known" in request.fixturenames:
        running = request.getfixturevalue("known")
        running.amiss.clear()
        running.refusals.clear()
        running.forger = None


@pytest.fixture(scope="module")
def app(home: Path, known: Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app, with its settings in the home folder of whoever runs it."""
    port = free_port()
    settings = {
        **SETTINGS,
        "redirect_uri": f"http://127.0.0.1:{port}/oauth2callback",
        "server_metadata_url": f"{known.address}/.well-known/openid-configuration",
    }
    with served(home, port=port, HOME=str(told(settings, tmp_path_factory.mktemp("user")))) as server:
        yield server


@pytest.fixture
def page(context: BrowserContext) -> Page:
    opened = context.new_page()
    opened.set_default_timeout(60_000)
    return opened


def told(settings: dict[str, str], folder: Path) -> Path:
    """The settings in the file where Streamlit looks for them."""
    file = folder / ".streamlit" / "secrets.toml"
    file.parent.mkdir()
    file.write_text("\n".join(["[auth]", *(f'{name} = "{value}"' for name, value in settings.items())]))
    return folder


def sign_in(page: Page, server: Server, *, at: str = PAGE) -> None:
    view(page, f"{server.address}/{at}")
    page.get_by_role("button", name="Logg inn").click()
    page.get_by_role("link", name="Jeg er juristen").click()
    page.wait_for_selector(READY)


@pytest.mark.browser
def test_who_signs_in_may_decide_until_signing_out_and_nothing_tells_who_it_was(
    page: Page, app: Server, known: Provider, home: Path
) -> None:
    view(page, f"{app.address}/{CELL}")
    expect(page.get_by_text("Logg inn for å bekrefte, rette eller avvise funnene.")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("^Vurder"))).to_have_count(0)
    view(page, f"{app.address}/{CELL}&vurder=finding/6-2:1")
    expect(page.get_by_role("dialog")).to_have_count(0)

    sign_in(page, app, at=CELL)
    expect(page).to_have_url(re.compile(re.escape(CELL)))
    page.get_by_role("link", name=re.compile("^Vurder")).first.click()
    reject(page, "Bestemmelsen fordeler ikke ansvaret.")
    expect(page.locator(".hj-cell")).to_contain_text("juridisk rådgiver")
    [decision] = decisions(home)
    assert (decision.verdict, decision.role) == ("rejected", "juridisk rådgiver")
    assert not any(word in page.content() for word in PERSONAL)

    page.get_by_role("button", name="Logg ut").click()
    expect(page.get_by_role("button", name="Logg inn")).to_be_visible()
    expect(page).to_have_url(re.compile(re.escape(CELL)))
    expect(page.get_by_role("link", name=re.compile("^Vurder"))).to_have_count(0)
    assert "/end_session" in known.asked
    assert '"WebSocket' not in (home / "server.log").read_text(encoding="utf-8")  # such a line has who asked
    assert not any("streamlit_user" in one["name"] for one in page.context.cookies())
    assert traces(home) == []


def traces(folder: Path) -> list[tuple[str, str]]:
    """The files, the server's log among them, that hold anything of who signed in, plain or encoded."""
    words = [word.encode() for word in PERSONAL]
    words += [base64.b64encode(word)[:-4] for word in words if len(word) > 10]
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    return [(path.name, word.decode()) for path in files for word in words if word in path.read_bytes()]


@pytest.mark.browser
@pytest.mark.parametrize(
    "amiss",
    [{"nonce": "another"}, {"iss": "http://127.0.0.1:9"}],
    ids=lambda amiss: next(iter(amiss)),
)
def test_a_token_that_is_not_for_this_sign_in_is_refused_in_a_sentence(
    page: Page, app: Server, known: Provider, home: Path, amiss: dict[str, Any]
) -> None:
    known.amiss.update(amiss)
    sign_in(page, app)
    expect(page.get_by_text("Du ble ikke logget inn. Enten")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("^Vurder"))).to_have_count(0)
    assert not any("streamlit_user" in one["name"] for one in page.context.cookies())
    assert traces(home) == []


@pytest.mark.browser
def test_a_token_that_another_signed_is_refused(page: Page, app: Server, known: Provider) -> None:
    known.forger = key()
    sign_in(page, app)
    expect(page.get_by_text("Du ble ikke logget inn. Enten")).to_be_visible()


@pytest.mark.browser
@pytest.mark.parametrize("step", ["/authorization", "/token"])
def test_a_refusal_by_the_provider_is_told_and_its_words_on_a_person_are_not_logged(
    page: Page, app: Server, known: Provider, home: Path, step: str
) -> None:
    error = f"refused_at_{step[1:]}"
    known.refusals[step] = {"error": error, "error_description": f"{PERSONAL[1]} has no access"}
    sign_in(page, app)
    expect(page.get_by_text("Du ble ikke logget inn. Enten")).to_be_visible()
    assert error in (home / "server.log").read_text(encoding="utf-8")
    assert traces(home) == []


@pytest.mark.browser
def test_a_provider_that_is_down_is_told_in_a_sentence(page: Page, home: Path, tmp_path: Path) -> None:
    port = free_port()
    settings = {**SETTINGS, "redirect_uri": f"http://127.0.0.1:{port}/oauth2callback"}
    with served(home, port=port, HOME=str(told(settings, tmp_path))) as server:
        view(page, f"{server.address}/{PAGE}")
        page.get_by_role("button", name="Logg inn").click()
        page.wait_for_url(re.compile(re.escape(PAGE)))
        page.get_by_text("fordi innloggingstjenesten ikke svarte").wait_for()
        assert "innlogging=" in page.url
        links = page.locator("[data-testid=stMain] a").evaluate_all("links => links.map(link => link.href)")
        assert links
        assert not [link for link in links if "innlogging=" in link]


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(corpus(tmp_path / "corpus"), tmp_path / "home")
    monkeypatch.setenv("HJEMMEL_HOME", str(tmp_path / "home"))


def findings(**user: object) -> AppTest:
    """The page for somebody of whom Streamlit says this."""

    def draw() -> None:
        from hjemmel.pages import findings

        findings.show()

    drawn = AppTest.from_function(draw, default_timeout=60)
    drawn.user = user
    return drawn.run()


@pytest.mark.parametrize(("hours", "may_decide"), [(11, True), (13, False)])
def test_a_sign_in_lasts_a_working_day(small: None, hours: int, may_decide: bool) -> None:
    drawn = findings(is_logged_in=True, iat=time.time() - hours * 60 * 60)
    assert ('hj-review"' in mark_up(drawn)) == may_decide
    assert [one.key for one in drawn.button] == ["sign_out" if may_decide else "sign_in"]


def test_without_authlib_the_page_says_what_to_install(small: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "authlib", None)
    drawn = findings(is_logged_in=False)
    assert "pip install 'hjemmel[signin]'" in text(drawn)
    assert not drawn.button


def test_settings_that_lack_something_are_told_in_a_sentence(small: None) -> None:
    drawn = findings(is_logged_in=False)
    drawn = drawn.button(key="sign_in").click().run()
    assert not drawn.exception
    assert "innstillingene for innlogging er ufullstendige." in text(drawn)
