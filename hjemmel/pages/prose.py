"""A stored text as people read it: wrapped lines joined, clauses apart, and what was found in it marked."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import Literal

from markupsafe import Markup, escape

from ingest.flow import Flow

NO_PAGES: Mapping[int, str] = MappingProxyType({})
HEADING = Markup('<h{level} class="hj-heading"><a href="{href}">{words}</a></h{level}>')


@dataclass(frozen=True, slots=True)
class Place:
    """A clause of the document: where its own words stand, how deep, and the address that chooses it."""

    start: int
    end: int
    level: int
    title: str
    href: str
    kind: str  # section, label, item or paragraph
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """Words that something is known of: `note` is what, `tag` the same in a few letters, and `href` leads to it."""

    start: int
    end: int
    kind: Literal["citation", "claim", "norm", "note", "here"]
    note: str = ""
    tag: str = ""
    href: str = ""


def prose(
    stored: str, flow: Flow, places: Sequence[Place], marks: Iterable[Mark], pages: Mapping[int, str] = NO_PAGES
) -> Markup:
    """The text as HTML: one block a clause, one paragraph a line of the flow, everything from the document escaped.

    `pages` is what to say where a clause begins a page, by where it starts.

    >>> stored = "1.  Mål\\nPartene\\nskal <b>møtes</b>."
    >>> flow = Flow.of(stored, [(0, 7, "\\n"), (8, 15, " "), (16, 34, "")])
    >>> aim = Place(0, 34, 1, "Mål", "./x", "section")
    >>> print(prose(stored, flow, [aim], [Mark(8, 15, "citation", "lov")]))
    <section class="hj-clause hj-level-1"><h2 class="hj-heading"><a href="./x">1.  Mål</a></h2>
    <p><span class="hj-citation" title="lov">Partene</span> skal &lt;b&gt;møtes&lt;/b&gt;.</p></section>
    """
    text = _Text(stored, flow, sorted(marks, key=lambda mark: (mark.start, -mark.end)))
    starts = [place.start for place in places]
    ends = [*starts[1:], len(stored)]
    blocks = [text.paragraphs(0, starts[0] if starts else len(stored), heading="")]
    for place, end in zip(places, ends, strict=True):
        if place.start in pages:
            blocks.append(Markup('<p class="hj-page"><span>{}</span></p>').format(pages[place.start]))
        blocks.append(
            Markup('<section class="hj-clause hj-level-{}{}{}"{}>{}</section>').format(
                min(place.level, 6),
                " hj-item" if place.kind == "item" else "",
                " hj-chosen" if place.chosen else "",
                Markup(' data-place="{}" tabindex="-1"').format(place.href) if place.chosen else "",
                text.paragraphs(place.start, end, heading=place.title, place=place),
            )
        )
    return Markup("\n").join(block for block in blocks if block)


class _Text:
    """The flow with its marks, cut into paragraphs."""

    def __init__(self, stored: str, flow: Flow, marks: list[Mark]) -> None:
        self.stored = stored
        self.flow = flow
        self.marks = marks
        self.read = 0  # how far into the stored text the reader has come

    def paragraphs(self, start: int, end: int, *, heading: str, place: Place | None = None) -> Markup:
        """The lines of the flow between two positions of the stored text; those that say the heading are it."""
        first, last = bisect_left(self.flow.offsets, start), bisect_left(self.flow.offsets, end)
        drawn: list[Markup] = []
        title: list[Markup] = []
        left = _letters(heading) if place and place.kind == "section" else ""
        for begin, stop in self._lines(first, last):
            drawn.append(self._skipped(self.flow.offsets[begin]))
            words = self._line(begin, stop, linked=not left)
            if not left or place is None:
                drawn.append(Markup("<p>{}</p>").format(words))
                continue
            title.append(words)
            rest = left.removeprefix(_letters(self.flow.text[begin:stop]))
            left = rest if rest != left else ""
            if not left:
                drawn.append(self._heading(title, place))
        if left and title and place:
            drawn.append(self._heading(title, place))
        if end == len(self.stored):
            drawn.append(self._skipped(end))
        return Markup("\n").join(part for part in drawn if part)

    def _heading(self, title: list[Markup], place: Place) -> Markup:
        return HEADING.format(level=min(max(place.level, 1) + 1, 6), href=place.href, words=Markup(" ").join(title))

    def _lines(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        text = self.flow.text
        while first < last:
            stop = text.find("\n", first, last)
            stop = last if stop < 0 else stop
            if text[first:stop].strip():
                yield first, stop
            first = stop + 1

    def _skipped(self, offset: int) -> Markup:
        """What the flow leaves out before this point: page numbers, footers, repeated lines. Nothing is hidden."""
        between = " ".join(self.stored[self.read : offset].split())
        self.read = max(self.read, offset)
        return Markup('<p class="hj-furniture">{}</p>').format(between) if between else Markup("")

    def _line(self, begin: int, stop: int, *, linked: bool) -> Markup:
        """A line of the flow, cut where a mark begins or ends and where furniture stands within the sentence."""
        offsets, text = self.flow.offsets, self.flow.text
        low, high = offsets[begin], offsets[stop - 1] + 1
        inside = [mark for mark in self.marks if mark.start < high and mark.end > low]
        cuts = {begin, stop}
        for mark in inside:
            cuts |= {bisect_left(offsets, mark.start, begin, stop), bisect_left(offsets, mark.end, begin, stop)}
        cuts |= {at for at in range(begin + 1, stop) if offsets[at] - offsets[at - 1] > 1 and self._gap(at)}
        ordered = sorted(cuts)
        drawn = []
        for one, other in pairwise(ordered):
            gap = self._gap(one) if one > begin else ""
            if gap:
                drawn.append(Markup(' <span class="hj-furniture">{}</span> ').format(gap))
            active = [mark for mark in inside if mark.start <= offsets[one] < mark.end]
            ending = [mark for mark in active if bisect_right(offsets, mark.end - 1, begin, stop) <= other]
            drawn.append(_marked(text[one:other], active, ending, linked=linked))
        self.read = max(self.read, high)
        return Markup("").join(drawn)

    def _gap(self, at: int) -> str:
        """The words of the stored text that the flow leaves out just before one of its characters."""
        offsets, text = self.flow.offsets, self.flow.text
        before = offsets[at - 1] + (self.stored[offsets[at - 1] : offsets[at - 1] + 1] == text[at - 1])
        return " ".join(self.stored[before : offsets[at]].split()) if before < offsets[at] else ""


def _letters(words: str) -> str:
    """Letters and digits alone, to know a heading however it is printed."""
    return "".join(letter for letter in words if letter.isalnum())


def _marked(words: str, active: list[Mark], ending: list[Mark], *, linked: bool) -> Markup:
    drawn = escape(words)
    if not active:
        return drawn
    citation = next((mark for mark in active if mark.kind == "citation"), None)
    if citation:
        title = Markup(' title="{}"').format(citation.note) if citation.note else ""
        if citation.href and linked:
            drawn = Markup('<a class="hj-citation" href="{}"{}>{}</a>').format(citation.href, title, drawn)
        else:
            drawn = Markup('<span class="hj-citation"{}>{}</span>').format(title, drawn)
    claims = [mark for mark in active if mark.kind == "claim"]
    if claims:
        title = Markup(' title="{}"').format("; ".join(mark.note for mark in claims))
        drawn = Markup('<mark class="hj-claim"{}>{}</mark>').format(title, drawn)
    norms = [mark for mark in active if mark.kind == "norm"]
    if norms:
        drawn = Markup('<span class="hj-norm" title="{}">{}</span>').format(
            "; ".join(mark.note for mark in norms), drawn
        )
    author = next((mark for mark in active if mark.kind == "note"), None)
    if author:
        drawn = Markup('<mark class="hj-author" title="{}">{}</mark>').format(author.note, drawn)
    here = next((mark for mark in active if mark.kind == "here"), None)
    if here:
        drawn = Markup('<mark class="hj-here" tabindex="-1" data-place="{}-{}">{}</mark>').format(
            here.start, here.end, drawn
        )
    for kind, style in (("norm", "hj-note hj-strength"), ("claim", "hj-note")):
        if tags := dict.fromkeys(mark.tag for mark in ending if mark.kind == kind):
            drawn += Markup('<span class="{}">{}</span>').format(style, ", ".join(tags))
    return drawn
