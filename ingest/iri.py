"""The addresses of things: ASCII, readable, the same when a document is read again."""

import re
import unicodedata
from collections import Counter

from ingest.clause import Clause, Structure
from ontology import BASE

NORWEGIAN = str.maketrans({"å": "a", "æ": "ae", "ø": "o", "đ": "d", "ŋ": "n", "ŧ": "t"})
LONGEST_SLUG = 60


def iri(path: str) -> str:
    """The full address of a path below the base.

    >>> iri("lov/2011-06-24-30/par-6-2")
    'https://w3id.org/hjemmel/id/lov/2011-06-24-30/par-6-2'
    """
    return BASE + path


def slug(words: str) -> str:
    """Words as part of an address; never empty.

    >>> slug("Håndtering av uenighet – tvisteløsning"), slug("???")
    ('handtering-av-uenighet-tvistelosning', 'uten-navn')
    """
    plain = unicodedata.normalize("NFKD", words.casefold().translate(NORWEGIAN)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_SLUG].rstrip("-") or "uten-navn"


def clause_paths(structure: Structure) -> list[str]:
    """One address part per clause: from the nearest outline number, then by labels, list numbers and positions.

    A number that stands twice (a summons and its minutes both have a case 1) gets its place among its twins.
    """
    paths: list[str] = []
    taken: Counter[str] = Counter()
    for clause, position in zip(structure.clauses, _positions(structure), strict=True):
        name = _name(clause, position)
        path = name if _in_outline(clause) or clause.parent is None else f"{paths[clause.parent]}/{name}"
        taken[path] += 1
        paths.append(path if taken[path] == 1 else f"{path}--{taken[path]}")
    return paths


def body_path(document: str, body: str) -> str:
    """The path of a body as a document describes it.

    >>> body_path("os-avtale", "partnerskapsmote")
    'doc/os-avtale/body/partnerskapsmote'
    """
    return f"doc/{document}/body/{slug(body)}"


def meeting_path(document: str, body: str, day: str | None) -> str:
    """The path of a meeting: its body and day.

    >>> meeting_path("os-papirer", "partnerskapsmote", "2022-10-07")
    'doc/os-papirer/meeting/partnerskapsmote-2022-10-07'
    """
    return f"doc/{document}/meeting/{slug(body)}-{day or 'uten-dato'}"


def case_path(document: str, body: str, day: str | None, number: str) -> str:
    """The path of a case: below its meeting, or below its body when the document does not have the meeting.

    >>> case_path("os-papirer", "partnerskapsmote", "2022-10-07", "2022.6")
    'doc/os-papirer/meeting/partnerskapsmote-2022-10-07/case/2022.6'
    >>> case_path("os-papirer", "partnerskapsmote", None, "14/23")
    'doc/os-papirer/body/partnerskapsmote/case/14-23'
    """
    above = meeting_path(document, body, day) if day else body_path(document, body)
    return f"{above}/case/{re.sub('[^0-9A-Za-z.]+', '-', number).strip('-.')}"


def evidence_path(document: str, start: int, end: int) -> str:
    """The path of the words of a document from start to end.

    >>> evidence_path("os-avtale", 40, 59)
    'doc/os-avtale/text/40-59'
    """
    return f"doc/{document}/text/{start}-{end}"


def report_path(document: str, day: str) -> str:
    """The path of the report of a check by the law of a day.

    >>> report_path("os-avtale", "2024-09-12")
    'doc/os-avtale/report/2024-09-12'
    """
    return f"doc/{document}/report/{day}"


def own_finding_path(document: str, rule: str, number: int) -> str:
    """The path of a finding by a rule that is not the law's.

    >>> own_finding_path("os-avtale", "SaysHowItIsReviewed", 1)
    'doc/os-avtale/finding/own/sayshowitisreviewed-1'
    """
    return f"doc/{document}/finding/own/{slug(rule)}-{number}"


def places(structure: Structure) -> list[str]:
    """Where each clause stands, as a Norwegian lawyer would say it.

    >>> from ingest.flow import Flow
    >>> clauses = (Clause(0, 9, 3, "section", 1, "3", "Områder"), Clause(9, 12, 9, "item", 2, "13", parent=0))
    >>> places(Structure("", clauses, Flow.plain("")))
    ['kap. 3', 'kap. 3 nr. 13']
    """
    found: list[str] = []
    for clause, position in zip(structure.clauses, _positions(structure), strict=True):
        above = "" if clause.parent is None or _in_outline(clause) else found[clause.parent]
        found.append(" ".join(filter(None, (above, _step(clause, position)))))
    return [words or "innledningen" for words in found]


def _in_outline(clause: Clause) -> bool:
    return clause.kind == "section" and clause.number is not None


def _positions(structure: Structure) -> list[int]:
    siblings: Counter[tuple[int | None, str]] = Counter()
    positions = []
    for clause in structure.clauses:
        siblings[clause.parent, clause.kind] += 1
        positions.append(siblings[clause.parent, clause.kind])
    return positions


def _name(clause: Clause, position: int) -> str:
    match clause.kind:
        case "item":
            return f"nr-{slug(clause.number)}" if clause.number else f"punkt-{position}"
        case "paragraph":
            return f"avsnitt-{position}"
        case "footnote":
            return f"fotnote-{slug(clause.number or str(position))}"
        case "table":
            return f"tabell-{position}"
        case "signature":
            return "underskrift" if position == 1 else f"underskrift-{position}"
        case _ if clause.number:
            return re.sub(r"[^0-9A-Za-z.-]+", "-", clause.number.replace("§", "par")).strip("-.") or slug(clause.number)
        case _:
            return slug(clause.title or "")


def _step(clause: Clause, position: int) -> str:
    match clause.kind:
        case "item":
            return f"nr. {clause.number}" if clause.number else f"punkt {position}"
        case "section" if clause.number:
            return f"kap. {clause.number}" if clause.number[0].isdigit() else clause.number
        case "footnote":
            return f"fotnote {clause.number or position}"
        case "table":
            return f"tabell {position}"
        case "signature":
            return "underskrift"
        case "section" | "label":
            return f"«{(clause.title or '').rstrip(':')}»"
        case _:
            return ""
