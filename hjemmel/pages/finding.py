"""One finding, drawn: result, message, and the quotes behind it or what was searched in vain."""

from markupsafe import Markup

from hjemmel.comparison.matrix import Cell
from hjemmel.pages.quote import Quote, card, facts, result, sections
from hjemmel.pages.shelf import Paper
from hjemmel.pages.words import language, listed, name, say
from shapes import Evidence, Finding


def verdict(finding: Finding, document: Paper) -> Markup:
    """The message with its legal basis, then the words it rests on, or the search and what came nearest."""
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


def shown(finding: Finding | Cell) -> str:
    """The result as it is shown: silence is no breach where the law applies anyway or the guidance only advises."""
    return "silent" if finding.result == "missing" and finding.severity != "violation" else finding.result


def label(finding: Finding) -> str:
    """What the requirement is called in the language of the page."""
    return finding.label.get(language(), finding.label.get("nb", finding.requirement))


def _search(finding: Finding, document: Paper) -> Markup:
    if not finding.searched:
        return Markup("")
    nearest = Markup("").join(card(_quote(evidence, document)) for evidence in finding.nearest)
    terms = Markup("").join(Markup("<li>{}</li>").format(_term(term)) for term in finding.searched)
    return Markup(
        '<div class="hj-gap"><details class="hj-fold"><summary>{}</summary><ul>{}</ul></details><p>{}</p>{}</div>'
    ).format(
        say("searched for", n=len(finding.searched)),
        terms,
        say("nearest") if finding.nearest else say("no candidate"),
        nearest,
    )


def _term(term: str) -> str:
    """A search term as people read it; " + " joins what must stand together in one sentence."""
    first, *others = [f"«{part}»" for part in term.split(" + ")]
    return say("together", one=first, other=listed(others)) if others else first


def _quote(evidence: Evidence, document: Paper) -> Quote:
    return Quote(
        words=evidence.quote,
        paper=document,
        place=evidence.place,
        clause=evidence.clause,
        start=evidence.start,
        end=evidence.end,
    )
