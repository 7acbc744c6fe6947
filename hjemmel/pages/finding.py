"""One finding, drawn: result, message, the quotes behind it or what was searched in vain, and what people decided."""

from collections.abc import Sequence

from markupsafe import Markup

from hjemmel.comparison.matrix import Cell
from hjemmel.judgement import Judged
from hjemmel.pages import review
from hjemmel.pages.quote import Quote, card, facts, place_address, result, sections, tidy
from hjemmel.pages.shelf import Paper, paper
from hjemmel.pages.words import counted, language, listed, name, say
from shapes import Evidence, Finding, Point


def verdict(judged: Judged, document: Paper, *, page: str, today: str = "") -> Markup:
    """The message with its legal basis, the words it rests on or the search in vain, and whether people confirmed it.

    `page` is where people can decide on it, if they can; `today` is the result by today's law, where that is another.
    """
    finding = judged.finding
    return Markup("{}{}{}{}").format(
        statement(finding, document),
        Markup("<p>{} {}</p>").format(say("by the law of today"), result(today)) if today else "",
        review.state(judged, document, page) if page else "",
        advice(finding.advice, document),
    )


def statement(finding: Finding, document: Paper) -> Markup:
    """What the check found, by which law, and the words of the agreement."""
    words = Markup("").join(card(_quote(evidence, document)) for evidence in finding.evidence)
    return Markup("<p>{} {}</p>{}{}{}").format(
        result(shown(finding)),
        finding.message.get(language(), ""),
        facts(
            [
                (say("legal basis"), sections(finding.requirement) or finding.legal_basis),
                (say("strength"), name("strength", finding.strength)),
            ]
        ),
        words,
        _search(finding, document),
    )


def advice(points: Sequence[Point], document: Paper) -> Markup:
    """What guidance says that the agreement should describe, folded: each point and where the agreement may do so."""
    if not points:
        return Markup("")
    lines = Markup("").join(
        Markup("<li>{} · {}{}</li>").format(
            linked_words(one.words, document),
            name("strength", one.force),
            Markup('<br><span class="hj-soft">{}</span> {}').format(
                say("perhaps spoken of"), Markup(" ").join(linked_words(words, document) for words in one.spoken_of[:2])
            )
            if one.spoken_of
            else Markup('<br><span class="hj-soft">{}</span>').format(say("not spoken of")),
        )
        for one in points
    )
    return Markup('<details class="hj-fold hj-advice"><summary>{}</summary><ul>{}</ul></details>').format(
        counted(len(points), "one point", "many points"), lines
    )


def linked_words(words: Evidence, document: Paper) -> Markup:
    """Words of a document in a line, and the way to where they stand."""
    quote = _quote(words, document)
    return Markup('«{}» <a href="{}">{}</a>').format(tidy(quote.words), place_address(quote), quote.place)


def shown(finding: Finding | Cell) -> str:
    """The result as it is shown: silence is no breach where the law applies anyway or the guidance only advises."""
    return "silent" if finding.result == "missing" and finding.severity != "violation" else finding.result


def label(finding: Finding) -> str:
    """What the requirement is called in the language of the page."""
    return finding.label.get(language(), finding.label.get("nb", finding.requirement))


def _search(finding: Finding, document: Paper) -> Markup:
    nearest = Markup("").join(card(_quote(evidence, document)) for evidence in finding.nearest)
    if not finding.searched:
        return Markup("<p>{}</p>{}").format(say("nearest"), nearest) if nearest else Markup("")
    terms = Markup("").join(Markup("<li>{}</li>").format(_term(term)) for term in finding.searched)
    return Markup(
        '<div class="hj-gap"><details class="hj-fold"><summary>{}</summary><ul>{}</ul></details><p>{}</p>{}</div>'
    ).format(
        counted(len(finding.searched), "searched for one", "searched for"),
        terms,
        say("nearest") if finding.nearest else say("no candidate"),
        nearest,
    )


def _term(term: str) -> str:
    """A search term as people read it; " + " joins what must stand together in one sentence."""
    first, *others = [f"«{part}»" for part in term.split(" + ")]
    return say("together", one=first, other=listed(others)) if others else first


def _quote(evidence: Evidence, document: Paper) -> Quote:
    # Guidance, and the minutes of a meeting, are documents of their own.
    found = paper(evidence.document) if evidence.document else document
    return Quote(
        words=evidence.quote,
        paper=found,
        place=evidence.place,
        clause=evidence.clause,
        start=evidence.start,
        end=evidence.end,
    )
