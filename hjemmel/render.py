"""What the command line prints: JSON for programs, tables and paragraphs for people."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from textwrap import fill, indent, shorten
from typing import TYPE_CHECKING, Any

from hjemmel.snapshot import Progress

if TYPE_CHECKING:
    from queries import Answer, Query

MARKS = {
    "fulfilled": "✓",
    "partly": "◐",
    "missing": "✕",
    "conflict": "⚠",
    "advice": "!",
    "silent": "i",
    "not_assessable": "?",
    "not_applicable": "–",
}
BASIS = {
    "confirmed": {
        "nb": "Grunnlag: bare det som et menneske har bekreftet; forslag som ingen har vurdert, er ikke med.",
        "nn": "Grunnlag: berre det som eit menneske har stadfesta; framlegg som ingen har vurdert, er ikkje med.",
        "en": "Basis: only what a person has confirmed; suggestions that nobody has reviewed are left out.",
    },
    "confirmed and candidates": {
        "nb": "Grunnlag: det som mennesker har bekreftet, og maskinens forslag.",
        "nn": "Grunnlag: det som menneske har stadfesta, og framlegga frå maskina.",
        "en": "Basis: what people have confirmed, and the machine's suggestions.",
    },
}
# The order in which a lawyer wants to read findings.
GRAVITY = ("conflict", "missing", "partly", "advice", "not_assessable", "silent", "not_applicable", "fulfilled")


def as_json(content: object) -> str:
    """JSON as every command prints it: readable letters, dates as ISO 8601.

    >>> print(as_json({"made_on": date(2024, 9, 12), "region": "Sørlandet"}))
    {
     "made_on": "2024-09-12",
     "region": "Sørlandet"
    }
    """
    return json.dumps(content, ensure_ascii=False, indent=1, default=_plain)


def table(rows: Iterable[Mapping[str, object]], columns: Sequence[str]) -> None:
    """Print rows under their columns; with tabs between them when a program reads."""
    cells = [[_cell(row.get(column)) for column in columns] for row in rows]
    if not sys.stdout.isatty():
        print("\n".join("\t".join(" ".join(cell.split()) for cell in line) for line in [list(columns), *cells]))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawn = Table(*columns)
    for line in cells:
        drawn.add_row(*map(Text, line))
    Console().print(drawn)


def quoted(words: str, place: str) -> str:
    """A quote on lines of its own, and where it stands.

    >>> print(quoted("Partene skal  møtes.", "Vestfold, kap. 4"))
        «Partene skal møtes.»
        – Vestfold, kap. 4
    """
    quote = fill("«" + " ".join(words.split()) + "»", 100)
    return indent(f"{quote}\n– {place}", "    ")


def answer(found: "Answer") -> str:
    """The answer in a sentence, the words it rests on, where nothing was found, and what else can be asked."""
    lines = [found.headline, ""]
    for row in found.rows:
        place = ", ".join(str(row[name]) for name in ("region", "document", "place") if row.get(name))
        if row.get("quote"):
            if row.get("value"):
                lines.append(f"    {row['value']}:")
            lines.append(quoted(str(row["quote"]), place))
        else:
            named = (f"{name}: {value}" for name, value in row.items() if value is not None and not _is_address(value))
            lines.append(fill("; ".join(named), 100, initial_indent="    ", subsequent_indent="    "))
    for one in found.searched:
        if one.result != "found":
            where = f"{one.region}, {one.document}" if one.region else one.document
            lines.append(fill(f"{MARKS.get(one.result, '✕')} {where}: {one.reason}", 100, subsequent_indent="  "))
            lines.extend(quoted(str(row["quote"]), str(row["place"])) for row in one.nearest)
    lines.extend(f"  · {suggestion}" for suggestion in found.suggestions)
    lines.extend(_understood(found))
    return "\n".join(lines)


def _understood(found: "Answer") -> Iterator[str]:
    """How a question was read: what it was taken to ask, of what, and the words taken for misspelt."""
    from queries.sentences import say

    if found.title:
        values = "; ".join(f"{one.name}: {one.choice.label}" for one in found.taken if one.choice)
        yield ""
        yield fill(say("understood", found.language, title=found.title, values=f" ({values})" if values else ""), 100)
    for written, meant in found.corrected:
        yield say("corrected", found.language, written=written, meant=meant)


def judgement(found: Mapping[str, Any], language: str) -> str:
    """A check: the worst first, each with its reason, then remarks and new duties, and how many of each at the end."""
    findings = sorted(found["findings"], key=lambda one: GRAVITY.index(_gravity(one)))
    new_duties = found.get("today", {}).get("new_duties", ())
    summary = ", ".join(f"{MARKS.get(result, '·')} {count} {result}" for result, count in found["summary"].items())
    return "\n".join(
        [
            *map(finding, findings),
            *(["", *map(finding, found["remarks"])] if found["remarks"] else ()),
            *map(own_finding, found.get("own", ())),
            *(["", f"New duties since {found['as_of']}:", *map(finding, new_duties)] if new_duties else ()),
            "",
            f"{found['document']} as of {found['as_of']}: {summary}",
            basis(found["basis"], language),
        ]
    )


def basis(name: str, language: str) -> str:
    """On what an answer rests: what people have confirmed, or the machine's suggestions, too.

    >>> basis("confirmed", "nb")
    'Grunnlag: bare det som et menneske har bekreftet; forslag som ingen har vurdert, er ikke med.'
    """
    return BASIS[name][language]


def finding(found: Mapping[str, Any]) -> str:
    """One finding of a check: how it went, why, by which provision, and the words it rests on."""
    lines = [
        f"{MARKS[_gravity(found)]} {found['label']} ({found['legal_basis']})",
        indent(fill(str(found["message"]), 100), "  "),
    ]
    if _gravity(found) in ("conflict", "partly") and found.get("law"):
        lines.append(quoted(str(found["law"]), str(found["legal_basis"])))
    lines.extend(quoted(str(words["quote"]), str(words["place"])) for words in found["evidence"])
    if "reason" in found.get("review", {}):
        review = found["review"]
        lines.append(fill(f"  [{review['state']}: {review['reason']} ({review['role']}, {review['time'][:10]})]", 100))
    return "\n".join(lines)


def own_finding(found: Mapping[str, Any]) -> str:
    """A breach of an own rule: what is wrong, which rule says so, and the words."""
    lines = [f"§ {found['message']} ({', '.join(filter(None, (found['source'], found['file'])))})"]
    if found["evidence"]:
        lines.append(quoted(str(found["evidence"]["quote"]), str(found["evidence"]["place"])))
    return "\n".join(lines)


def _gravity(found: Mapping[str, Any]) -> str:
    """The result; but silence is no breach where the guidance only advises or the law applies anyway."""
    result = str(found["result"])
    return (
        {"warning": "advice", "info": "silent"}.get(str(found["severity"]), result) if result == "missing" else result
    )


def outline(found: Mapping[str, Any]) -> str:
    """A document as its facts, its clauses in order, and what each was found to say."""
    document = found["document"]
    facts = [
        f"{name}: {value}" for name, value in document.items() if value and name not in ("title", "parties", "iri")
    ]
    lines = [str(document["title"]), "  " + "; ".join(facts)]
    if document["parties"]:
        lines.append(
            fill("parties: " + "; ".join(document["parties"]), 100, initial_indent="  ", subsequent_indent="  ")
        )
    claims: dict[str, list[str]] = {}
    for claim in found["claims"]:
        claims.setdefault(claim["clause"], []).append(
            f"{claim['requirement']} ({claim['coverage']}, {claim['strength']})"
        )
    lines.append("")
    for clause in found["clauses"]:
        heading = " ".join(filter(None, (clause["number"], clause["title"]))) or shorten(
            clause["text"], 70, placeholder="…"
        )
        answers = f"  → {', '.join(claims[clause['iri']])}" if clause["iri"] in claims else ""
        lines.append("  " * max(1, clause["level"]) + " ".join(heading.split()) + answers)
    lines.append("")
    lines.extend(f"  {term['field']}: {term['value']}" for term in found["terms"] if term["field"] != "parties")
    counts = ", ".join(f"{len(found[part])} {part}" for part in ("clauses", "citations", "claims", "terms"))
    return "\n".join([*lines, f"  {counts}"])


def query_help(query: "Query", language: str) -> str:
    """What a query of the catalogue answers, and its parameters as options."""
    lines = [f"Usage: hjemmel query {query.name} [OPTIONS]", "", f"  {query.title[language]}", "", "Options:"]
    for name, given in query.parameters.items():
        needed = "optional" if given.optional else "required"
        lines.append(f"  --{name:<14} {given.kind}, {needed}; for example {given.example}")
    return "\n".join([*lines, "  --lang           nb, nn or en", "  --json           Print JSON, for programs."])


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A bar on standard error that tells how far a build is; nothing where nobody would see it."""
    if not sys.stderr.isatty():
        yield lambda *_: None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("starting", total=None)
        yield lambda step, done, total: bar.update(task, description=step, completed=done, total=total)


def _is_address(value: object) -> bool:
    return str(value).startswith(("http://", "https://"))


def _cell(value: object) -> str:
    return "" if value is None else str(_plain(value))


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else str(value)
