"""The citations of a loose text, as `hjemmel cite` prints them."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

LAW = re.compile(r"(?:(?P<kind>lov|forskrift|for)[-/])?(?P<id>\d{4}-\d\d-\d\d(?:-\d+)?)", re.IGNORECASE)
LETTER = re.compile(r"(?<=\d)([a-z])$")


class UnknownActError(LookupError):
    """No act or regulation goes by this name."""


class LineError(ValueError):
    """A line of input that is not what it should be."""


def cited(text: str, act: str | None = None) -> list[dict[str, Any]]:
    """Every citation in a text, with its quote; `act` is the law that the text is taken from.

    >>> [found["section"] for found in cited("jf. sphl. § 2-1e og § 6-2 nr. 13", "2011-06-24-30")]
    ['2-1 e', '6-2']
    """
    from hjemmel import laws, snapshot
    from ingest.citations import citations_in

    return [
        {
            "start": found.start,
            "end": found.end,
            "quote": text[found.start : found.end],
            "law": found.law.partition("/")[2],
            # As Lovdata prints it, and the graph has it: a blank before the letter.
            "section": LETTER.sub(r" \1", found.section) if found.section else None,
            "ledd": found.ledd,
            "number": found.number,
            "letter": found.letter,
        }
        for found in citations_in(text, act=_path(act) if act else None, acts=laws.register(snapshot.home()))
    ]


def cited_lines(lines: Iterable[str]) -> Iterator[str]:
    """For each line of JSON with `text`, and `act` if it is known, a line of JSON with its `citations`."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            given = json.loads(line)
            text, act = given["text"], given.get("act")
        except (ValueError, KeyError, TypeError, AttributeError):
            text = act = None
        if not isinstance(text, str) or not isinstance(act, str | None):
            raise LineError(f'Line {number} is not {{"text": "…", "act": "2011-06-24-30"}}: write JSON, one to a line.')
        yield json.dumps({"citations": cited(text, act)}, ensure_ascii=False)


def _path(act: str) -> str:
    """The path of an act by Lovdata's number, a path, an abbreviation or a short title."""
    from ingest.citations.acts import name_key, register

    if numbered := LAW.fullmatch(act.strip()):
        number = numbered["id"]
        regulation = f"forskrift/{number}"
        named = (numbered["kind"] or "").lower().startswith("for")
        return regulation if named or regulation in register().acts else f"lov/{number}"
    paths = register().abbreviations.get(act.strip().rstrip(".").casefold()) or register().names.get(name_key(act))
    if not paths:
        raise UnknownActError(f"No act is called {act!r}: give Lovdata's number, such as 2011-06-24-30.")
    return register().in_force(paths, None) or paths[0]
