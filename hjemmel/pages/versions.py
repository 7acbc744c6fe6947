"""Two texts: what was lost, won and changed in substance, and every clause word by word."""

from collections.abc import Sequence
from datetime import date

import streamlit as st
from markupsafe import Markup

from hjemmel.comparison import Aligned, Diff, Difference, Run
from hjemmel.comparison.matrix import Cell
from hjemmel.comparison.words import word
from hjemmel.pages.address import absolute, address, keep, value
from hjemmel.pages.changes import Clauses, Matters, sections, sheets
from hjemmel.pages.download import files
from hjemmel.pages.matter import Matter, called, capital, matter, words_address
from hjemmel.pages.quote import sentence
from hjemmel.pages.shelf import Paper, agreements, changed, judgement, paper
from hjemmel.pages.words import counted, language, listed, say
from hjemmel.render import as_json
from hjemmel.report.passages import word_file
from hjemmel.report.sheet import workbook


def show() -> None:
    """Draw the comparison of the two agreements that the address names."""
    one, other = _pair()
    names = {one.id: one.label for one in agreements()}
    for column, (label, name, chosen) in zip(
        st.columns(2), (("older text", "eldre", one), ("newer text", "nyere", other)), strict=True
    ):
        st.session_state[f"compare_{name}"] = chosen.id
        column.selectbox(
            say(label),
            list(names),
            format_func=lambda found: names[found],
            key=f"compare_{name}",
            on_change=keep,
            args=(name, f"compare_{name}"),
        )
    for name in ("eldre", "nyere"):
        if value(name) and value(name) not in names:
            st.html(sentence(say("no such document", document=value(name))))
    if one is other:
        st.html(sentence(say("same text")))
        return
    with st.spinner(say("comparing")):
        found = changed(one, other)
    turned = address("compare", visning="ord", eldre=other.id, nyere=one.id)
    columns = [one, other]
    matters = [
        (key, _matters(differences, columns, found.as_of))
        for key, differences in (("in substance", found.substance), ("in wording", found.wording))
    ]
    pairs = [(pair, listed(_fates(pair))) for pair in _changed(found)]
    st.html(
        Markup('<p><a href="{}">{}</a></p>{}{}').format(
            turned, say("turn round"), _told(found, matters, columns), _clauses(found, pairs)
        )
    )
    title = say("versions paper", older=one.title, newer=other.title)
    tables, papers = sheets(matters, pairs, columns), sections(matters, pairs, columns)
    lead = [say("compare lead"), say("marked on paper")]
    link = absolute(address("compare", visning="ord", eldre=one.id, nyere=other.id))
    spoken = language()
    files(
        [
            ("docx", lambda: word_file(title, lead, papers, spoken, address=link)),
            ("xlsx", lambda: workbook(tables, title=title, language=spoken)),
            ("json", lambda: as_json(found.as_json()).encode()),
        ],
        name="versjoner",
    )


def _pair() -> tuple[Paper, Paper]:
    """The two that the address names; else two of one region, the older first, or the first two there are."""
    known = agreements()
    named = [next((one for one in known if one.id == value(name)), None) for name in ("eldre", "nyere")]
    versions = [
        tuple(sorted((one, other), key=lambda found: (not found.is_preliminary, found.made_on)))
        for place, one in enumerate(known)
        for other in known[place + 1 :]
        if one.region and one.region == other.region
    ]
    one, other = versions[0] if versions else known[:2]
    return named[0] or one, named[1] or other


def _told(found: Diff, matters: Matters, columns: Sequence[Paper]) -> Markup:
    note = Markup("") if found.versions else sentence(word("notes", "no versions", language()))
    return note + Markup("").join(
        Markup("<section><h2>{} <span class='hj-soft'>{}</span></h2>{}</section>").format(
            say(key),
            counted(len(those), "one matter", "many matters"),
            Markup("").join(matter(told, columns) for told in those) or say("none"),
        )
        for key, those in matters
    )


def _matters(differences: Sequence[Difference], columns: Sequence[Paper], as_of: date) -> list[Matter]:
    """A matter for each place that says something else: one sentence may differ in several ways."""
    found: dict[object, list[Difference]] = {}
    for one in differences:
        found.setdefault((one.subject, tuple(side.words for side in one.sides)), []).append(one)
    return [
        Matter(called(group[0].label), group, note=_fate(group[0]), cells=_cells(group[0], columns, as_of))
        for group in found.values()
    ]


def _cells(difference: Difference, columns: Sequence[Paper], as_of: date) -> dict[str, Cell] | None:
    """How the check of each text went on a requirement, by the law of one day."""
    if difference.kind != "requirement":
        return None
    return {
        column.iri: Cell(column.iri, one.finding.result, one.finding.severity, "", None, None, ())
        for column in columns
        for one in judgement(column, as_of).findings
        if one.finding.requirement == difference.subject
    }


def _fate(difference: Difference) -> str:
    """Whether something was lost, won or changed."""
    before, after = (bool(side.words) for side in difference.sides)
    return say("changed") if before == after else say("lost") if before else say("won")


def _changed(found: Diff) -> list[Aligned]:
    """The clauses that are another, or stand elsewhere."""
    pairs = [pair for pair in found.clauses if pair.change != "same" or pair.moved]
    # What only one of two independent agreements has was neither put in nor taken out.
    return pairs if found.versions else [pair for pair in pairs if pair.one and pair.other]


def _clauses(found: Diff, pairs: Clauses) -> Markup:
    same = sum(pair.change == "same" for pair in found.clauses)
    return Markup('<section><h2>{}</h2><p class="hj-soft">{} {}</p>{}</section>').format(
        word("headings", "clauses", language()),
        counted(same, "one clause same", "many clauses same"),
        Markup('{} <del class="hj-del">{}</del>, <ins class="hj-ins">{}</ins>.').format(
            say("how marked"), _signed("−", say("taken out")), _signed("+", say("put in"))
        ),
        Markup("").join(_clause(pair, fate) for pair, fate in pairs),
    )


def _fates(pair: Aligned) -> list[str]:
    """What became of a clause."""
    fate = [word("changes", pair.change, language())] if pair.change != "same" else []
    if pair.moved:
        fate.append(word("changes", "moved", language()))
    if pair.renumbered and pair.one and pair.other:
        fate.append(f"{pair.one.number} → {pair.other.number}")
    return fate


def _clause(pair: Aligned, fate: str) -> Markup:
    clause = pair.other or pair.one
    assert clause is not None
    links = [
        linked_words
        for side, label in ((pair.one, say("older text")), (pair.other, say("newer text")))
        if side and (column := paper(side.words.document))
        for linked_words in [
            Markup('<a href="{}">{}: {}</a>').format(words_address(side.words, column), label, side.words.place)
        ]
    ]
    return Markup(
        '<article class="hj-matter"><h3>{} <span class="hj-soft">{}</span></h3>{}<p class="hj-place">{}</p></article>'
    ).format(
        capital(clause.words.place),
        fate,
        Markup('<p class="hj-wording">{}</p>').format(_runs(pair.runs)) if pair.change != "same" else "",
        Markup(" · ").join(links),
    )


def _runs(runs: Sequence[Run]) -> Markup:
    """The words, each change with a sign to see and a word to hear, so that neither colour nor sight is needed."""
    drawn = {
        "kept": lambda words: Markup("{}").format(words),
        "removed": lambda words: Markup('<del class="hj-del"><span class="hj-unseen">{} </span>{}</del>').format(
            say("out begins"), _signed("−", words)
        ),
        "added": lambda words: Markup('<ins class="hj-ins"><span class="hj-unseen">{} </span>{}</ins>').format(
            say("in begins"), _signed("+", words)
        ),
    }
    return Markup(" ").join(drawn[run.kind](" ".join(run.text.split())) for run in runs if run.text.strip())


def _signed(sign: str, words: str) -> Markup:
    return Markup('<span class="hj-signed" aria-hidden="true">{}</span>{}').format(sign, words)
