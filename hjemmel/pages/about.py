"""About: how sure it is, what is in and what is not, privacy, licence, contact, versions, addresses for programs."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from io import BytesIO

import streamlit as st
from markupsafe import Markup, escape

from hjemmel import snapshot
from hjemmel.endpoint.description import responsible
from hjemmel.export import FORMATS
from hjemmel.pages.address import address
from hjemmel.pages.part import folded_by_region
from hjemmel.pages.quote import linked
from hjemmel.pages.shelf import Paper, agreements, meetings, paper, papers, store
from hjemmel.pages.words import Language, counted, day, language, listed, name, norwegian_order, say
from queries import Row, catalogue

COLUMNS = ("what", "gold", "development", "first_reading")
CODE = re.compile("`([^`]*)`")
FIGURE = re.compile(r"\b([PR]) (?=[\d.])")
# Without "./": these leave the app, and a link that begins so is answered within it.
PROGRAMS = {"sparql": "about sparql", "ns": "about ontology", ".well-known/void": "about void"}


def show() -> None:
    """Draw the page."""
    st.html(Markup('<div class="hj-about"><h1>{}</h1>{}</div>').format(say("about title"), _paragraphs("about lead")))
    st.html(_section("sure", _paragraphs("about sure text"), _figures()))
    st.html(_section("in", _paragraphs("about in text"), _documents()))
    st.html(_section("out", Markup("<ul>{}</ul>").format(_items(_missing()))))
    st.html(_section("privacy", _paragraphs("about privacy text")))
    st.html(_section("licence", _paragraphs("about licence text")))
    st.html(_section("contact", _contact()))
    st.html(_section("versions", _versions()))
    st.html(_section("programs", _programs()))
    st.download_button(
        say("about dump"),
        dump,
        file_name="hjemmel.nq.gz",
        mime="application/gzip",
        key="about_dump",
        on_click="ignore",
    )


@cache
def figures(spoken: Language) -> list[Mapping[str, str]]:
    """What was measured, row by row, in the words of a language."""
    read = tomllib.loads(files("hjemmel.pages").joinpath("figures.toml").read_text(encoding="utf-8"))
    return [row[spoken] for row in read["figure"]]


def dump() -> bytes:
    """All statements with their named graphs, as `hjemmel export --format nq.gz` writes them."""
    out = BytesIO()
    FORMATS["nq.gz"](store().quads(), out)
    return out.getvalue()


def _section(part: str, *content: Markup) -> Markup:
    return Markup('<section class="hj-about"><h2>{}</h2>{}</section>').format(
        say(f"about {part}"), Markup("").join(content)
    )


def _paragraphs(key: str) -> Markup:
    return Markup("").join(Markup("<p>{}</p>").format(line) for line in say(key).splitlines() if line)


def _items(sentences: Iterable[str]) -> Markup:
    return Markup("").join(Markup("<li>{}</li>").format(one) for one in sentences)


def _table(columns: Mapping[str, str], rows: Iterable[Mapping[str, Markup | str]]) -> Markup:
    """A table whose first column names the row; on a narrow screen every value carries the name of its column."""
    first, *others = columns
    drawn = [
        Markup('<tr><th scope="row">{}</th>{}</tr>').format(
            row[first],
            Markup("").join(
                Markup('<td data-column="{}">{}</td>').format(columns[column], row[column]) for column in others
            ),
        )
        for row in rows
    ]
    return Markup(
        '<div class="hj-scroll"><table class="hj-table"><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>'
    ).format(
        Markup("").join(Markup('<th scope="col">{}</th>').format(heading) for heading in columns.values()),
        Markup("").join(drawn),
    )


def _figures() -> Markup:
    columns = {column: say(f"figure {column}") for column in COLUMNS}
    return _table(columns, ({column: _coded(row[column]) for column in COLUMNS} for row in figures(language())))


def _coded(words: str) -> Markup:
    """Words with commands between backticks; a figure stays on the line of the letter that says what it is."""
    return Markup(CODE.sub(r"<code>\1</code>", FIGURE.sub("\\1\N{NO-BREAK SPACE}", str(escape(words)))))


def _documents() -> Markup:
    columns = {
        "document": say("about document column"),
        "date": say("made on"),
        "source": say("source"),
        "basis": say("about basis column"),
    }
    origins = {str(row["iri"]): row for row in catalogue()["origin_of_documents"].run(store())}
    return folded_by_region(
        papers(), lambda those: _table(columns, (_document(one, origins.get(one.iri, {})) for one in those))
    )


def _document(one: Paper, origin: Row) -> dict[str, Markup | str]:
    told = [part for part in (name("kind", one.kind), name("status", one.status)) if part]
    source = origin.get("source")
    publisher = one.publisher or say("about unknown")
    return {
        "document": Markup('<a href="{}">{}</a> <small>{}</small>').format(
            address("reader", dok=one.id), one.title, ", ".join(told)
        ),
        "date": Markup('<span class="hj-day">{}</span>').format(
            day(one.made_on) if one.made_on else say("about undated")
        ),
        "source": linked(publisher, source) if source else publisher,
        "basis": str(origin.get("publishingBasis") or say("about unknown")),
    }


def _missing() -> list[str]:
    """What a reader might expect and does not find: whole documents, parts of them, and what cannot be read."""
    known = agreements()
    regions = sorted({one.region for one in known if one.region}, key=norwegian_order)
    held = {told.region for one in meetings() if (told := paper(one.document))}
    unheard = [region for region in regions if region not in held]
    return [
        say("about regions", regions=listed(regions)) if regions else say("about no agreements"),
        *(say("about part", document=one.title, what=one.missing) for one in papers() if one.missing),
        *([say("no papers for", regions=listed(unheard))] if unheard else []),
        *say("about out text").splitlines(),
    ]


def _contact() -> Markup:
    """Who answers for this server, as the endpoint's description says it."""
    publisher, contact = responsible()
    told = [
        Markup("<p>{} {}</p>").format(say(key), _to(target))
        for key, target in (("about publisher", publisher), ("about ask", contact))
        if target
    ]
    return (
        Markup("").join(told) if contact else Markup("{}<p>{}</p>").format(Markup("").join(told), say("about nobody"))
    )


def _to(target: str) -> Markup:
    if not target.startswith(("https://", "http://", "mailto:")):
        return escape(target)
    return Markup('<a href="{}" rel="noreferrer">{}</a>').format(target, target.removeprefix("mailto:"))


def _versions() -> Markup:
    held = store().manifest
    path = snapshot.current(snapshot.home())
    told = (
        ("about software", f"Hjemmel {held.software}" if held.software else ""),
        ("about snapshot", path.name if path else ""),
        ("about built", day(held.built) if held.built else ""),
        ("about statements", f"{held.quads:,}".replace(",", "," if language() == "en" else "\N{NO-BREAK SPACE}")),
        ("about documents read", counted(len(papers()), "one paper", "many papers")),
        ("about ontology digest", held.ground[:16]),
    )
    lines = [Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(say(key), value) for key, value in told if value]
    return Markup('<dl class="hj-facts hj-stacked">{}</dl>').format(Markup("").join(lines))


def _programs() -> Markup:
    lines = [
        Markup('<li><a href="{}"><code>/{}</code></a> {}</li>').format(target, target, say(key))
        for target, key in PROGRAMS.items()
    ]
    return Markup("<ul>{}</ul><p>{}</p>").format(Markup("").join(lines), say("about dump text"))
