"""A committee as a row of a table: who sits in it, who leads it, how it works, and how it stands to the others."""

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from hjemmel.committees import Committee, Fact, Seats, Tie, headed
from hjemmel.pages.quote import tidy, to_words
from hjemmel.pages.shelf import Paper
from hjemmel.pages.words import every, listed, name, period, say

COLUMNS = ("sits", "led", "works", "stands")


def table(head: str, lines: Iterable[tuple[Markup, Sequence[Markup]]], *, caption: str) -> Markup:
    """A table of committees, each line its head and its cells."""
    columns = [say(f"how {column}") for column in COLUMNS]
    body = Markup("").join(
        Markup('<tr><th scope="row">{}</th>{}</tr>').format(
            first,
            Markup("").join(
                Markup('<td data-column="{}">{}</td>').format(column, cell)
                for column, cell in zip(columns, cells, strict=True)
            ),
        )
        for first, cells in lines
    )
    return Markup(
        '<div class="hj-scroll"><table class="hj-table hj-wide"><caption>{}</caption><thead><tr>{}</tr></thead>'
        "<tbody>{}</tbody></table></div>"
    ).format(
        caption,
        Markup("").join(Markup('<th scope="col">{}</th>').format(title) for title in (head, *columns)),
        body,
    )


def cells(one: Committee, ties: Iterable[Tie], document: Paper) -> list[Markup]:
    """What a document says of a committee, by column; where it says nothing, that."""
    return [
        _lines(part) if part else unsaid(document)
        for part in (
            _seats(one, document),
            [_led(fact, document) for fact in one.told("chair_rule", "alternates", "term_of_office", "deputies")],
            [_works(fact, document) for fact in one.told("meets", "decision_rule")],
            [_tied(one, tie, document) for tie in ties if one.name in (tie.above, tie.below)],
        )
    ]


def unsaid(document: Paper) -> Markup:
    """That a document does not say something; an excerpt may say it in the part that is not here."""
    if document.missing:
        key = "unsaid in excerpt"
    else:
        key = "unsaid in agreement" if document.is_agreement else "unsaid in document"
    return Markup('<span class="hj-unsaid">{}</span>').format(say(key))


def _lines(parts: Iterable[Markup]) -> Markup:
    return Markup('<ul class="hj-plain">{}</ul>').format(
        Markup("").join(Markup("<li>{}</li>").format(part) for part in parts)
    )


def _seats(one: Committee, document: Paper) -> list[Markup]:
    """The seats of each side: members first, then those who attend, observe or are invited."""
    sides: dict[tuple[str, str], list[Seats]] = {}
    for seats in one.seats:
        sides.setdefault((seats.standing, seats.side), []).append(seats)
    return [
        Markup("{}{}").format(
            Markup('<span class="hj-label">{}</span> ').format(_side(standing, side)),
            _counted(seats, document),
        )
        for (standing, side), seats in sorted(sides.items(), key=lambda entry: entry[0][0] != "member")
    ]


def _side(standing: str, side: str) -> str:
    as_what = name("standing", standing)
    told = "" if standing == "member" else f" ({as_what})"
    return headed(side or say("no side")) + told + ":"


def _counted(seats: Sequence[Seats], document: Paper) -> Markup:
    told = Markup("")
    for index, one in enumerate(seats):
        if index:
            of_these = one.within and not seats[index - 1].within
            told += Markup(", ") + (say("of these") + " " if of_these else "")
        told += to_words(_seat(one), one.evidence, document)
    return told


def _seat(one: Seats) -> str:
    who = one.who or say("takes part")
    if one.number is None:
        return who
    number = str(one.number)
    if one.unit:
        number = say("per unit", n=number, unit=name("unit", one.unit))
    return f"{who} ({number})"


def _led(fact: Fact, document: Paper) -> Markup:
    match fact.field:
        case "chair_rule":
            return to_words(f"«{tidy(fact.value)}»", fact.evidence, document)
        case "term_of_office":
            return to_words(say("sits for", time=period(fact.value)), fact.evidence, document)
        case field:
            return to_words(say(f"led {field}"), fact.evidence, document)


def _works(fact: Fact, document: Paper) -> Markup:
    if fact.field == "meets":
        return to_words(say("meets", often=every(fact.value)), fact.evidence, document)
    rule = name("decides", fact.value)
    return to_words(rule if rule != fact.value else f"«{tidy(rule)}»", fact.evidence, document)


def _tied(one: Committee, tie: Tie, document: Paper) -> Markup:
    return to_words(headed(spoken(tie, of=one.name)), tie.evidence, document)


def spoken(tie: Tie, *, of: str) -> str:
    """A tie as the predicate of a sentence about one of its ends."""
    if tie.above == of:
        return say(f"tie {tie.field}", other=tie.below)
    return say(f"tied {tie.field}", other=tie.above)


def described(ties: Iterable[Tie]) -> str:
    """Ties in words, for those who do not see the picture."""
    return listed([f"{tie.above} {spoken(tie, of=tie.above)}" for tie in ties])
