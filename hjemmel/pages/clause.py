"""Everything that is known of one clause: what it answers, what it says, what it cites, and what people came to."""

from collections.abc import Iterable
from datetime import date

from markupsafe import Markup

from hjemmel.comparison.words import in_words, label
from hjemmel.pages import review
from hjemmel.pages.quote import linked, sections, tidy
from hjemmel.pages.reading import Reading, claim_label
from hjemmel.pages.shelf import decisions, provision
from hjemmel.pages.words import day, language, name, say
from queries import Row

MOST_PROVISIONS = 15
"""Texts of law shown of one citation: of a whole act, the link to it is enough."""

LONGEST_VALUE = 60
"""Characters; in place of a longer value, or of none, stand the words themselves."""


def about_clause(found: Reading, clause: Row) -> Markup:
    """What is known of a clause, each kind under its heading."""

    def of(rows: Iterable[Row]) -> list[Row]:
        return [row for row in rows if row["iri"] == clause["iri"]]

    parts = (
        ("answers to", [_answer(row, found) for row in of(found.claims)]),
        ("refers to", _provisions(of(found.citations), found)),
        ("lays down", [_norm(row) for row in of(found.norms)]),
        ("terms", [_term(row) for row in of(found.terms)]),
        ("bodies told of", list(dict.fromkeys(_body(row) for row in of(found.bodies)))),
        (
            "to the authors",
            [Markup("«{}»").format(tidy(row["quote"])) for row in found.notes if row["clause"] == clause["iri"]],
        ),
    )
    drawn = [
        Markup("<h3>{}</h3><ul>{}</ul>").format(
            say(title), Markup("").join(Markup("<li>{}</li>").format(one) for one in told)
        )
        for title, told in parts
        if told
    ]
    return Markup("<h2>{}</h2>{}").format(
        say("about clause", place=clause["place"]),
        Markup("").join(drawn) or Markup("<p>{}</p>").format(say("nothing known")),
    )


def _answer(row: Row, found: Reading) -> Markup:
    claim = str(row["claim"])
    told = ", ".join(
        name(kind, row[key]) for kind, key in (("coverage", "coverage"), ("sureness", "strength"), ("review", "review"))
    )
    before = decisions(claim) if found.paper.page == "reader" else []
    # What a person claims is withdrawn where it was claimed.
    own = "/review-" in claim
    return Markup("{}<br><span class='hj-soft'>{}</span><br>{} {}{}").format(
        claim_label(row),
        told,
        sections(str(row["notation"])),
        "" if own else review.link("reader", found.paper, claim, called=claim_label(row)),
        review.history(before),
    )


def _provisions(citations: Iterable[Row], found: Reading) -> list[Markup]:
    """Each provision cited, with its words on the day of the document."""
    made = date.fromisoformat(found.paper.made_on) if found.paper.made_on else date.today()
    drawn = []
    for target, row in {str(row["target"]): row for row in citations if row["targetLabel"]}.items():
        texts = provision(target, made)
        said = Markup("").join(
            Markup("<p><strong>{}</strong> <span class='hj-law'>{}</span></p>").format(one["place"], one["quote"])
            for one in texts
        )
        drawn.append(
            Markup("{}{}").format(
                linked(str(row["targetLabel"]), row["lovdata"]),
                Markup('<details class="hj-fold"{}><summary>{}</summary>{}</details>').format(
                    Markup(" open") if len(texts) == 1 else "", say("as it read", day=day(made.isoformat())), said
                )
                if 0 < len(texts) <= MOST_PROVISIONS
                else "",
            )
        )
    return drawn


def _norm(row: Row) -> Markup:
    bearer = str(row["bearer"] or "") or in_words(str(row["bearerClass"] or ""), language())
    told = [f"{say('column deadline')}: {row['deadline']}"] if row["deadline"] else []
    return Markup("<strong>{}</strong> · {}{}<br><span class='hj-soft'>«{}»</span>").format(
        name("strength", row["modality"]),
        bearer or say("nobody named"),
        "".join(f" · {one}" for one in told),
        tidy(str(row["quote"])),
    )


def _term(row: Row) -> Markup:
    called = label(str(row["field"]))
    return Markup("{}: <strong>{}</strong>").format(
        called.get(language(), called["nb"]).capitalize(), in_words(str(row["value"]), language())
    )


def _body(row: Row) -> Markup:
    called, value = label(str(row["field"])), in_words(str(row["value"] or ""), language())
    told = f"{row['bodyLabel']}: {called.get(language(), called['nb'])}"
    if value and len(value) <= LONGEST_VALUE:
        return Markup("{} {}").format(told, value)
    return Markup("{}<br><span class='hj-soft'>«{}»</span>").format(told, tidy(str(row["quote"])))
