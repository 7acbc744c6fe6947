"""The commands that set agreements side by side, and that tell how things hang together."""

from typing import Annotated

import typer

from hjemmel.cli.usage import Json, Lang, Subject, day, opened_store

Other = Annotated[str, typer.Argument(metavar="DOC-OR-FILE", help="The later text.")]
AsOf = Annotated[str | None, typer.Option(metavar="DATE", help="Judge by the law of this day (2024-09-12).")]


def compare(
    *,
    requirement: Annotated[
        list[str] | None, typer.Option(metavar="NOTATION", help="Only this requirement; may be repeated.")
    ] = None,
    region: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Only this helsefellesskap; may be repeated.")
    ] = None,
    document: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="These documents instead; may be repeated.")
    ] = None,
    topic: Annotated[
        str | None, typer.Option(metavar="WORD", help="frister, godkjenning, uenighet, kostnader, utvalg, …")
    ] = None,
    as_of: AsOf = None,
    lang: Lang = "nb",
    json_: Json = False,
) -> None:
    """Set agreements side by side.

    Who meets which requirement, what the terms are, and where they differ:
    in substance (another deadline, body, bearer, strength) first, in wording
    after. Of each region the version in force is taken, or the one nearest
    to it.

    \b
    Examples:
      hjemmel compare
      hjemmel compare --topic uenighet --region Vestfold --region Ahus
      hjemmel compare --requirement "6-2:13" --json
    """
    from hjemmel import naming, render
    from hjemmel.comparison import compare, comparison_told

    judged_on = day(as_of)
    store = opened_store()
    found = compare(
        store,
        requirements=requirement or (),
        regions=[naming.iri(store, "region", name) for name in region or ()],
        documents=[store.document_iri(name) for name in document or ()],
        topic=topic,
        as_of=judged_on,
        language=lang,
    )
    typer.echo(render.as_json(found.as_json()) if json_ else comparison_told(found, lang))


def diff(one: Subject, other: Other, as_of: AsOf = None, lang: Lang = "nb", json_: Json = False) -> None:
    """Tell what became of one text in another.

    First what changed in substance (terms and duties lost or won, other
    deadlines, bearers, strength), then the wording, clause by clause and word
    by word: [-taken out-] {+put in+}. Either may be a file.

    \b
    Examples:
      hjemmel diff ID-OF-DRAFT ID-OF-AGREEMENT
      hjemmel diff utkast-1.docx utkast-2.docx --json
    """
    from hjemmel import render
    from hjemmel.comparison import diff, diff_told
    from hjemmel.subject import subject

    judged_on = day(as_of)
    found = diff(subject(one, opened_store), subject(other, opened_store), as_of=judged_on)
    typer.echo(render.as_json(found.as_json()) if json_ else diff_told(found, lang))


def similar(
    clause: Annotated[str, typer.Argument(metavar="CLAUSE", help="The address of a clause.")],
    number: Annotated[int, typer.Option("--number", min=1, help="How many.")] = 5,
    everywhere: Annotated[bool, typer.Option("--everywhere", help="Also in the same document.")] = False,
    json_: Json = False,
) -> None:
    """Find the clauses most like a clause, with the words they share.

    They are suggestions: clauses that share words may be about different
    things.

    \b
    Examples:
      hjemmel similar doc/ID/clause/8
    """
    from hjemmel import render
    from hjemmel.comparison import similar

    store = opened_store()
    found = similar(store, _address(clause), number, everywhere=everywhere)
    if json_:
        typer.echo(render.as_json([one.as_json() for one in found]))
    else:
        for one in found:
            typer.echo(f"{one.score:.2f} {one.strength}: {', '.join(one.shared_terms)}")
            typer.echo(render.quoted(one.clause.words.quote, f"{one.clause.iri} ({one.clause.words.place})"))


def network(
    document: Annotated[str | None, typer.Option(metavar="ID", help="Bodies and orphans of one document.")] = None,
    json_: Json = False,
) -> None:
    """Tell what the network of law and agreements rests on.

    The provisions that most leans on, the bodies and whom they report to, and
    what stands alone: clauses that meet no requirement, requirements that no
    clause meets.

    \b
    Examples:
      hjemmel network
      hjemmel network --document ID --json
    """
    from hjemmel import network as networks
    from hjemmel import render

    store = opened_store()
    iri = store.document_iri(document) if document else None
    found = networks.network(store)
    facts = {
        "nodes": found.number_of_nodes(),
        "edges": found.number_of_edges(),
        "weightiest": [one.as_json() for one in networks.weightiest(found)],
        "hierarchy": [one.as_json() for one in networks.hierarchy(found, iri)],
        "orphan_requirements": [one.as_json() for one in networks.orphan_requirements(found, iri)],
        "orphan_clauses": [one.as_json() for one in networks.orphan_clauses(found, iri)] if iri else [],
    }
    if json_:
        typer.echo(render.as_json(facts))
        return
    typer.echo(f"{facts['nodes']} things, {facts['edges']} connections.")
    for name, columns in (
        ("weightiest", ["label", "citations", "requirements", "clauses"]),
        ("hierarchy", ["document", "tier", "label", "relation", "above"]),
        ("orphan_requirements", ["label"]),
        ("orphan_clauses", ["place", "label"]),
    ):
        if facts[name]:
            typer.echo(f"\n{name.replace('_', ' ')}")
            render.table(facts[name], columns)


def path(
    start: Annotated[str, typer.Argument(metavar="A", help="A clause, provision, requirement, body or document.")],
    end: Annotated[str, typer.Argument(metavar="B", help="Another.")],
    lang: Lang = "nb",
    json_: Json = False,
) -> None:
    """Explain how two things hang together, step by step, each with its quote.

    \b
    Examples:
      hjemmel path doc/ID/clause/8 "hol. § 6-5"
      hjemmel path requirement/6-2-13 doc/ID --json
    """
    from hjemmel import network as networks
    from hjemmel import render

    store = opened_store()
    found = networks.network(store)
    steps = networks.path(found, *(networks.named(found, _address(name), name) for name in (start, end)))
    if json_:
        typer.echo(render.as_json({"steps": [step.as_json(lang) for step in steps]}))
        return
    for step in steps:
        typer.echo(step.sentence(lang))
        if step.words:
            typer.echo(render.quoted(step.words.quote, step.words.place))


def _address(name: str) -> str:
    """An address, which may be written by its end: "doc/ID/clause/8"."""
    from hjemmel.store import ID

    return name if name.startswith(("http://", "https://")) else ID + name
