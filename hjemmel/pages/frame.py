"""What surrounds every page: its look, links that keep the session, and the switch of language."""

import tomllib
from importlib.resources import files

import streamlit as st
from markupsafe import Markup

from hjemmel.pages.words import language, say

# Every link is a true link, which a new tab, a bookmark and a reader of the page can follow. A plain click on one of
# ours need not load everything anew: it becomes a step in the browser's history, which Streamlit answers by itself.
# Who steps back comes to the link that led away, and not to the top of the page.
FOLLOW = """
const left = (window.hjemmelLeft ??= new Map());

export default function({ data }) {
  document.documentElement.lang = data.language;
  const follow = (event) => {
    const link = event.target.closest && event.target.closest("a[href^='./']");
    const plain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    if (!link || !plain || event.defaultPrevented) return;
    event.preventDefault();
    left.set(location.href, link.getAttribute("href"));
    history.pushState(null, "", link.href);
    window.dispatchEvent(new PopStateEvent("popstate"));
  };
  const back = (event) => {
    const here = location.href, until = Date.now() + 15000;
    if (!event.isTrusted || !left.has(here)) return;
    const find = () => [...document.querySelectorAll("[data-testid=stMain] a[href^='./']")]
      .find((link) => link.getAttribute("href") === left.get(here));
    const look = (seen) => {
      if (location.href !== here) return;
      const link = find();
      // Once more: what is drawn after it moves it.
      if (link && seen) { link.scrollIntoView({ block: "center" }); link.focus({ preventScroll: true }); }
      else if (Date.now() < until) setTimeout(look, link ? 300 : 60, Boolean(link));
    };
    setTimeout(look, 100, false);
  };
  document.addEventListener("click", follow);
  window.addEventListener("popstate", back);
  return () => { document.removeEventListener("click", follow); window.removeEventListener("popstate", back); };
}
"""

# The mark may come into the page after this does.
SCROLL = """
export default function({ data }) {
  if (!data.place || window.hjemmelPlace === data.place) return;
  const until = Date.now() + 15000;
  const look = () => {
    const mark = [...document.querySelectorAll("[data-place]")].find((one) => one.dataset.place === data.place);
    if (mark) {
      window.hjemmelPlace = data.place;
      mark.scrollIntoView({ block: mark.tagName === "MARK" ? "center" : "start" });
      mark.focus({ preventScroll: true });
    } else if (Date.now() < until) setTimeout(look, 60);
  };
  look();
  return () => { window.hjemmelPlace = undefined; };
}
"""


def frame(switched: str) -> None:
    """Draw the frame; `switched` is the address of this view in the other language."""
    st.html(f"<style>{files('hjemmel.pages').joinpath('style.css').read_text(encoding='utf-8')}</style>")
    st.components.v2.component("hjemmel_links", js=FOLLOW)(key="links", data={"language": language()})
    _streamlits_own()
    st.html(
        Markup('<p class="hj-switch"><a href="{}" lang="{}">{}</a></p>').format(
            switched, "nb" if language() == "en" else "en", say("other language")
        )
    )


def _streamlits_own() -> None:
    """Have what Streamlit says in English said in the language of the page, and in English again after a switch."""
    folder = files(__package__)
    words = tomllib.loads(folder.joinpath("streamlit.toml").read_text(encoding="utf-8"))
    back = language() == "en"
    st.components.v2.component("hjemmel_names", js=folder.joinpath("streamlit.js").read_text(encoding="utf-8"))(
        key="names",
        data={
            kind: [(norwegian, english) if back else (english, norwegian) for english, norwegian in pairs.items()]
            for kind, pairs in words.items()
        },
    )


def scroll_to(place: str) -> None:
    """Bring the element whose data-place this is into view, once, and give it the focus."""
    st.components.v2.component("hjemmel_scroll", js=SCROLL)(key="scroll", data={"place": place})
