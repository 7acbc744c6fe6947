"""One matter, and what each document says of it: side by side, or one under another where there is no room."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from hjemmel.comparison import Difference, Side, Words
from hjemmel.comparison.difference import QUOTED
from hjemmel.comparison.matrix import Cell
from hjemmel.comparison.words import in_words, word
from hjemmel.pages.finding import shown
from hjemmel.pages.quote import Quote, facts, place_address, result, tidy
from hjemmel.pages.shelf import Paper
from hjemmel.pages.words import SIGNS, counted, day, language, listed, name, say

FIRST = 3  # quotes drawn at once
MOST_BESIDE = 6  # agreements whose words are unfolded
# What these amount to needs a label; of the others the heading tells it.
AMOUNTS = ("strength", "deadline", "bearer", "body", "number", "condition", "named", "act")


@dataclass(frozen=True, slots=True)
class Matter:
    """What is compared: its heading, a note beside it, the differences found, and what is said where there is none.

    `cells` tell how the check of each document went, by its address.
    """

    heading: str
    differences: Sequence[Difference] = ()
    sides: Sequence[Side] = ()
    cells: Mapping[str, Cell] | None = None
    note: str | Markup = ""


def matter(told: Matter, columns: Sequence[Paper]) -> Markup:
    """The matter with a column for each document; the documents that say nothing of it get a sentence."""
    # Where only one says anything, the gaps beside it tell the difference.
    kinds = dict.fromkeys(
        _differing(one.kind) for one in told.differences if sum(bool(side.words) for side in one.sides) > 1
    )
    note = Markup('<p class="hj-soft">{}</p>').format(told.note) if told.note else Markup("")
    sides = Markup('<div class="hj-sides">{}</div>').format(
        Markup("").join(_column(told, column) for column in columns)
    )
    return Markup('<section class="hj-matter"><h3>{}</h3>{}{}{}</section>').format(
        told.heading,
        Markup('<p class="hj-differs">{}: {}.</p>').format(say("differs in"), listed(list(kinds))) if kinds else "",
        note,
        sides if len(columns) <= MOST_BESIDE else _folded(sides, told, columns),
    )


def _folded(sides: Markup, told: Matter, columns: Sequence[Paper]) -> Markup:
    """What many agreements say, folded under how many came to each result, and how many say the same."""
    cells = told.cells or {}
    codes = Counter(shown(cells[column.iri]) for column in columns if column.iri in cells)
    amounts = {
        _label(one.kind): Counter(_amount(side.values) for side in one.sides if side.said == "said" and side.values)
        for one in told.differences
        if one.kind in AMOUNTS
    }
    same = [
        (label, "; ".join(f"{amount} ({n})" for amount, n in found.most_common()))
        for label, found in amounts.items()
        if len(found) <= MOST_BESIDE
    ]
    return Markup('{}{}<details class="hj-fold"><summary>{}</summary>{}</details>').format(
        Markup('<ul class="hj-signs">{}</ul>').format(
            Markup("").join(Markup("<li>{} {}</li>").format(result(code), codes[code]) for code in SIGNS if codes[code])
        )
        if codes
        else "",
        facts(same),
        say("show agreements", n=len(columns)),
        sides,
    )


def called(label: Mapping[str, str]) -> str:
    """A label in the language of the page, with a capital letter."""
    return capital(label.get(language()) or label.get("nb", ""))


def capital(words: str) -> str:
    """Words as a heading or a sentence begins."""
    return words[:1].upper() + words[1:]


def gap(column: Paper, cell: Cell | None) -> str:
    """Why a document has no words on a matter."""
    if cell and cell.result == "not_applicable":
        return say("did not apply")
    return say("excerpt silent", what=column.missing) if column.missing else say("nothing found")


def _differing(kind: str) -> str:
    """What differs, where the kind of difference alone would not say it."""
    return say(f"differs {kind}") if kind in ("requirement", "term") else word("kinds", kind, language())


def _column(told: Matter, column: Paper) -> Markup:
    stated = [(one.kind, side) for one in told.differences for side in one.sides if side.document == column.iri]
    also = [side for side in told.sides if side.document == column.iri]
    cell = (told.cells or {}).get(column.iri)
    words = _words([*(side for _, side in stated), *also], cell)
    amounts = [
        (_label(kind), _amount(side.values if kind in AMOUNTS else unsaid(side)))
        for kind, side in stated
        if side.said == "said" and kind not in (*QUOTED, "requirement")
    ]
    amounts += [(say("read as"), _amount(unsaid(side))) for side in also if not stated]
    status = [name("status", column.status), day(column.made_on) if column.made_on else ""]
    return Markup('<div class="hj-side"><h4>{} <small>{}</small></h4>{}{}{}</div>').format(
        column.region or column.title,
        ", ".join(part for part in status if part),
        _judged(cell, [side for kind, side in stated if kind == "requirement"]),
        facts(amounts),
        _quotes(words, column) if words else Markup('<p class="hj-silent">{}</p>').format(gap(column, cell)),
    )


def _judged(cell: Cell | None, stated: Sequence[Side]) -> Markup:
    if cell:
        return Markup("<p>{}</p>").format(result(shown(cell)))
    codes = [code for side in stated for code in side.values]
    return Markup("").join(Markup("<p>{}</p>").format(result(code)) for code in codes)


def _label(kind: str) -> str:
    return capital(word("kinds", kind, language())) if kind in AMOUNTS else say("read as")


def _amount(values: Iterable[str]) -> str:
    return listed([in_words(value, language()) for value in values])


def unsaid(side: Side) -> list[str]:
    """The values that do not stand in the quote as they are."""
    quotes = tidy(" ".join(words.quote for words in side.words)).casefold()
    return [value for value in side.values if tidy(value).casefold() not in quotes]


def _words(sides: Iterable[Side], cell: Cell | None) -> list[Words]:
    found = dict.fromkeys(words for side in sides for words in side.words)
    return list(found) or list(cell.words if cell else ())


def _quotes(words: Sequence[Words], column: Paper) -> Markup:
    drawn = [_quote(one, column) for one in words]
    more = Markup("")
    if len(drawn) > FIRST:
        more = Markup('<details class="hj-fold"><summary>{}</summary>{}</details>').format(
            counted(len(drawn) - FIRST, "one more quote", "more quotes"), Markup("").join(drawn[FIRST:])
        )
    return Markup("").join(drawn[:FIRST]) + more


def _quote(words: Words, column: Paper) -> Markup:
    return Markup('<blockquote>«{}»</blockquote><p class="hj-place"><a href="{}">{}</a></p>').format(
        tidy(words.quote), words_address(words, column), say("in the document", place=words.place)
    )


def words_address(words: Words, column: Paper) -> str:
    """Where the words stand in their document."""
    return place_address(Quote(words.quote, column, words.place, words.clause, words.start, words.end))
