"""The card: words of a document, where they stand, by which provision, how strong and how sure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from hjemmel.pages.address import address
from hjemmel.pages.shelf import Paper, basis
from hjemmel.pages.words import SIGNS, language, say
from queries import Row
from shapes import Evidence

Fact = tuple[str, str | Markup]


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a document and their place; `facts` are what is said of them, label and value."""

    words: str
    paper: Paper | None
    place: str
    clause: str = ""
    start: int | None = None
    end: int | None = None
    heading: str = ""
    facts: Sequence[Fact] = ()


def card(quote: Quote) -> Markup:
    """The quote with everything that tells where it says so."""
    place = [quote.paper.label if quote.paper else "", quote.heading, quote.place]
    return Markup('<article class="hj-card"><p class="hj-card-place">{}</p>{}{}{}</article>').format(
        ", ".join(part for part in place if part),
        Markup("<blockquote>«{}»</blockquote>").format(tidy(quote.words)) if quote.words else "",
        facts(quote.facts),
        _opener(quote),
    )


def facts(told: Iterable[Fact]) -> Markup:
    """Labels and values; those without a value are left out."""
    lines = [Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(label, value) for label, value in told if value]
    return Markup('<dl class="hj-facts">{}</dl>').format(Markup("").join(lines)) if lines else Markup("")


def place_address(quote: Quote) -> str:
    """The address of the words in their document."""
    if quote.paper is None:
        return ""
    clause = quote.clause.partition("/clause/")[2]
    return address(quote.paper.page, dok=quote.paper.id, sted=clause, fra=quote.start, til=quote.end)


def to_words(shown: str, evidence: Evidence, document: Paper) -> Markup:
    """Something said, as a link to the words of the document that say it."""
    clause = evidence.clause.partition("/clause/")[2]
    target = address("reader", dok=document.id, sted=clause, fra=evidence.start, til=evidence.end)
    return Markup('<a class="hj-words" href="{}">{}</a>').format(target, shown)


def tidy(words: str) -> str:
    """A quote on one line: the line breaks of a page are not part of what it says."""
    return " ".join(words.split())


def sections(requirement: str) -> Markup:
    """Where in the law a requirement stands, each provision linked to Lovdata."""
    found = [
        linked(str(row["legalBasis"]), row["lovdata"]) for row in basis().get(requirement, []) if row["legalBasis"]
    ]
    return Markup(", ").join(found)


def linked(words: str, target: object) -> Markup:
    """Words that lead to an address on the web; words alone when there is none."""
    if not str(target or "").startswith("https://"):
        return Markup("{}").format(words)
    return Markup('<a class="hj-linked" href="{}" rel="noreferrer">{}</a>').format(target, words)


def requirement_label(row: Row) -> str:
    """What a requirement is called in the language of the page."""
    return str((language() == "en" and row.get("requirementLabelEn")) or row["requirementLabel"])


def requirement_name(notation: str) -> str:
    """What the requirement of a notation is called in the language of the page."""
    known = basis().get(notation)
    return requirement_label(known[0]) if known else notation


def result(code: str) -> Markup:
    """A result as sign and word."""
    return Markup(
        '<span class="hj-result hj-result-{}"><span class="hj-sign" aria-hidden="true">{}</span> {}</span>'
    ).format(code, SIGNS[code], say(code))


def sentence(words: str) -> Markup:
    """Something the reader must know before going on."""
    return Markup('<p class="hj-sentence" role="status">{}</p>').format(words)


def choices(links: Iterable[tuple[str, str, bool]], *, label: str, shown: bool = False) -> Markup:
    """Links side by side: words, address, and whether it is the one chosen; the label is for the eye, too, if shown."""
    items = [
        Markup('<li><a href="{}"{}>{}</a></li>').format(target, Markup(' aria-current="true"') if chosen else "", words)
        for words, target, chosen in links
    ]
    above = Markup('<p class="hj-choices-label">{}</p>').format(label) if shown else Markup("")
    return Markup('{}<ul class="hj-choices" aria-label="{}">{}</ul>').format(above, label, Markup("").join(items))


def _opener(quote: Quote) -> Markup:
    if quote.paper is None:
        return Markup("")
    return Markup('<p><a href="{}">{}</a></p>').format(place_address(quote), say("open"))
