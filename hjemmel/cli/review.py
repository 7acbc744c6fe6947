"""`hjemmel review`: people's decisions on what the machine suggests."""

from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from hjemmel.cli.usage import Json, opened_store

if TYPE_CHECKING:
    from hjemmel.review import Reviewed
    from hjemmel.review.decision import Decision, Verdict

app = typer.Typer(no_args_is_help=True, add_completion=False)

Name = Annotated[
    str, typer.Argument(metavar="NAME", help="The address of a claim or finding, or its end from the document's id on.")
]
Reason = Annotated[str, typer.Option("--reason", help="Why: it is kept, and shown wherever the decision is.")]
Role = Annotated[str, typer.Option("--role", help="The role you decide in; never a person's name.")]


@app.callback()
def review() -> None:
    """Confirm, correct or reject what the machine suggests.

    Every decision is kept in HOME/reviews.jsonl and told in the graph. It
    holds when the documents are read again: it is found by the words it was
    about, wherever they stand.

    \b
    Examples:
      hjemmel review list --open --document vestfold-samarbeidsavtale
      hjemmel review confirm vestfold-samarbeidsavtale/claim/7/6-5-gjennomgang \\
          --reason "Årlig evaluering er gjennomgang" --role "juridisk rådgiver"
      hjemmel review undo --reason "Feil avtale" --role "juridisk rådgiver"
    """


@app.command()
def confirm(name: Name, reason: Reason, role: Role, json_: Json = False) -> None:
    """Find a claim or a finding right.

    \b
    Examples:
      hjemmel review confirm ID/claim/3/6-2-8 --reason "…" --role "jurist"
      hjemmel review confirm ID/finding/6-2:4 --reason "…" --role "jurist"
    """
    _decide(name, "confirmed", reason, role, json_)


@app.command()
def reject(name: Name, reason: Reason, role: Role, json_: Json = False) -> None:
    """Find a claim or a finding wrong.

    \b
    Examples:
      hjemmel review reject ID/claim/3/6-2-8 --reason "…" --role "jurist"
    """
    _decide(name, "rejected", reason, role, json_)


@app.command("not-supported")
def not_supported(name: Name, reason: Reason, role: Role, json_: Json = False) -> None:
    """Find that the words quoted do not bear a claim or a finding out.

    \b
    Examples:
      hjemmel review not-supported ID/claim/3/6-2-8 --reason "…" --role "jurist"
    """
    _decide(name, "not_supported", reason, role, json_)


@app.command()
def correct(
    name: Name,
    *,
    reason: Reason,
    role: Role,
    requirement: Annotated[
        str | None, typer.Option(metavar="NOTATION", help="The requirement that the words answer.")
    ] = None,
    clause: Annotated[str | None, typer.Option(metavar="PATH", help="The clause that answers, such as 4.2.")] = None,
    quote: Annotated[str | None, typer.Option(help="The words that answer, as they stand.")] = None,
    coverage: Annotated[
        Literal["covers", "partly", "delegates", "mentions", "contradicts"] | None,
        typer.Option(help="How far the words answer the requirement."),
    ] = None,
    strength: Annotated[
        Literal["explicit", "topical", "weak"] | None, typer.Option(help="How plainly the words do so.")
    ] = None,
    json_: Json = False,
) -> None:
    """Say what is right instead; what you do not name stays as it was.

    A claim: another requirement, clause, coverage or strength. A finding:
    the clause that answers the requirement after all.

    \b
    Examples:
      hjemmel review correct ID/claim/3/6-2-8 --coverage partly --reason "…" --role "jurist"
      hjemmel review correct ID/finding/6-2:4 --clause 4.2 --reason "…" --role "jurist"
    """
    from hjemmel import snapshot
    from hjemmel.review import decide, target

    store = opened_store()
    about = target.facts(store, name)
    right = target.correction(
        store, about, requirement=requirement, clause=clause, quote=quote, coverage=coverage, strength=strength
    )
    _tell(decide(snapshot.home(), about, "corrected", reason=reason, role=role, correction=right), json_)


@app.command()
def undo(
    reason: Reason,
    role: Role,
    number: Annotated[int | None, typer.Argument(help="The decision to withdraw; without it, the latest.")] = None,
    json_: Json = False,
) -> None:
    """Withdraw a decision. That is a decision, too: nothing is deleted.

    \b
    Examples:
      hjemmel review undo 3 --reason "…" --role "jurist"
    """
    from hjemmel import review, snapshot

    opened_store()
    _tell(review.undo(snapshot.home(), number, reason=reason, role=role), json_)


@app.command()
def forget(json_: Json = False) -> None:
    """Take what erasure.txt lists out of the log of decisions.

    It is shown nowhere as soon as it is listed; this takes it out of the
    file HOME/reviews.jsonl, too. Copies of that file are yours to see to.

    \b
    Examples:
      hjemmel review forget
    """
    from hjemmel import render, snapshot
    from hjemmel.review.log import rewritten

    changed = rewritten(snapshot.home())
    typer.echo(render.as_json({"changed": changed}) if json_ else f"Changed {changed} decisions in the log.")


@app.command("list")
def list_(
    document: Annotated[str | None, typer.Option(metavar="ID", help="Only those on one document.")] = None,
    lost: Annotated[
        bool, typer.Option("--lost", help="Only those whose words are gone, or whose finding is another now.")
    ] = False,
    open_: Annotated[bool, typer.Option("--open", help="The claims that nobody has decided on.")] = False,
    json_: Json = False,
) -> None:
    """List the decisions, and whether each holds today.

    \b
    Examples:
      hjemmel review list
      hjemmel review list --lost
      hjemmel review list --open --document ID --json
    """
    from hjemmel import render, review, snapshot

    store = opened_store()
    if document is not None:
        store.document_iri(document)
    if open_:
        rows = review.candidates(store, document)
        columns = ["target", "requirement", "coverage", "strength", "place", "quote"]
    else:
        rows = [
            _row(one)
            for one in review.reviews(snapshot.home(), store)
            if document in (None, one.decision.document) and (not lost or one.standing == "lost")
        ]
        columns = ["number", "standing", "decision", "target", "reason", "role", "time"]
    if json_:
        typer.echo(render.as_json(rows))
    else:
        render.table([{**row, "target": _short(str(row["target"]))} for row in rows], columns)


def _decide(name: str, verdict: "Verdict", reason: str, role: str, json_: bool) -> None:
    from hjemmel import review, snapshot
    from hjemmel.review import target

    about = target.facts(opened_store(), name)
    _tell(review.decide(snapshot.home(), about, verdict, reason=reason, role=role), json_)


def _tell(taken: "Decision", json_: bool) -> None:
    from hjemmel import render

    if json_:
        typer.echo(render.as_json(_facts(taken)))
    else:
        typer.echo(f"Decision {taken.number}: {_short(taken.target)} is {taken.verdict.replace('_', ' ')}.")


def _row(one: "Reviewed") -> dict[str, Any]:
    return {**_facts(one.decision), "standing": one.standing, "target": one.target}


def _facts(taken: "Decision") -> dict[str, Any]:
    from dataclasses import asdict

    facts = asdict(taken)
    return {"number": facts.pop("number"), "decision": facts.pop("verdict"), **facts}


def _short(address: str) -> str:
    return address.partition("/id/doc/")[2] or address
