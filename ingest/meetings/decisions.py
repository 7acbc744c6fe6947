"""What was proposed and decided in a case, point by point."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from ingest.meetings.lines import BULLET, OTHER_LABEL, POINT, Line, case_types, decision
from ingest.meetings.record import Decision, MeetingKind, Outcome, Said
from ingest.passages import sentences
from ontology import BASE, HJ
from ontology.lexicon import Lexicon, names

# Minutes without a heading for it say that something is approved.
APPROVED = re.compile(
    r"^\W*godkjen[tdn]\w*\b|\b(?:godkjennes|godkjennast|vedtas|vedtakast|(?:ble|er|vart|vert|blir|"
    r"blei) (?:\w+ )?(?:godkjent|godkjend|godkjende|vedtatt|vedteke|vedteken)|"
    r"(?:tas|takast|tek|ble tatt|vert teken|blir teken) til (?:orientering|etterretning|vitande))\b",
    re.IGNORECASE,
)
POSTPONED = re.compile(
    r"\W*sak(?:en|a) (?:\w+ )?(?:utgår|utgikk|utgjekk|gjekk ut|går ut|utsatt|utsett|utsettes|"
    r"utsetjast|trukket|trekt|trekkes)\b",
    re.IGNORECASE,
)
# Who is to do it, and when, is no part of what was decided.
FOLLOW_UP = re.compile(r"\s+(?:Ansvar\w*|Frist|Oppfølging|Oppfølgjing)\s?:")
ENDED = re.compile(r"[.!?:;]\W*$")


@dataclass(slots=True)
class _Point:
    """A point while its lines are being gathered: where it begins on its first line, and where it ends."""

    line: Line
    begin: int
    outcome: Outcome
    end: int
    number: str | None = None
    listed: bool = False


def decisions(
    stored: str, lines: Sequence[Line], kind: MeetingKind, spans: Sequence[tuple[int, int]]
) -> Iterator[Decision]:
    """The points of a case; places are those of the flow. `spans` are the lines' places in the stored text."""
    points = list(_points(stored, lines, kind, spans))
    if kind == "minutes":
        for line in lines:
            inside = any(point.line.start <= line.start < point.end for point in points)
            for start, end in () if inside else sentences(line.text):
                if POSTPONED.match(line.text, start):
                    yield Decision(line.start + start, line.start + end, "postponed")
                elif not points and APPROVED.search(line.text[start:end]):
                    yield _decision(_Point(line, start, "adopted", line.start + end))
    yield from map(_decision, points)


def _points(
    stored: str, lines: Sequence[Line], kind: MeetingKind, spans: Sequence[tuple[int, int]]
) -> Iterator[_Point]:
    """What stands under headings such as "Forslag til vedtak" and "Konklusjon", point by point."""
    outcome: Outcome | None = None
    current: _Point | None = None
    for index, line in enumerate(lines):
        headed = decision(line.text)
        # "Beslutning" alone in a summons is what kind of case it is.
        if headed and not (case_types(line.text) and (kind == "summons" or not line.heads)):
            if current:
                yield current
            outcome, begin = headed
            mark = POINT.match(line.text, begin)
            number, listed = (mark["number"], True) if mark else (None, False)
            begin = mark.end() if mark else begin
            current = _Point(line, begin, outcome, line.end, number, listed) if begin < len(line.text) else None
            continue
        if outcome is None:
            continue
        point = POINT.match(line.text)
        begin = point.end() if point else bullet.end() if (bullet := BULLET.match(line.text)) else 0
        goes_on = current is not None and not current.listed and not _parted(stored, spans[index - 1], spans[index])
        if OTHER_LABEL.match(line.text) or (not begin and (line.heads or (current and not goes_on))):
            if current:
                yield current
            outcome = current = None
        elif current and goes_on and not begin:
            current.end = line.end
        else:
            if current:
                yield current
            current = _Point(line, begin, outcome, line.end, point["number"] if point else None, begin > 0)
    if current:
        yield current


def _parted(stored: str, before: tuple[int, int], after: tuple[int, int]) -> bool:
    """Whether a blank line and the end of a sentence part two lines."""
    blank = stored.count("\n", before[1], after[0]) > 1
    return blank and ENDED.search(stored[max(0, before[1] - 3) : before[1]]) is not None


def _decision(point: _Point) -> Decision:
    line, end = point.line, point.end
    start = line.start + point.begin
    text = line.text[point.begin : max(0, min(end, line.end) - line.start)]
    if follow_up := FOLLOW_UP.search(text):
        text = text[: follow_up.start()]
        end = start + len(text)
    about: dict[str, Said] = {}
    for match in _papers().longest(text):
        key = match.key.removeprefix(f"{BASE}paper-kind/")
        if match.part != "modifier" or key == "samarbeidsavtale":
            about.setdefault(key, Said(start + match.start, start + match.end, key))
    return Decision(start, end, point.outcome, point.number, tuple(about.values()))


@cache
def _papers() -> Lexicon:
    return names(HJ.PaperKind)
