"""How deep each heading stands, and under which other."""

from collections import Counter

from ingest.structure.headings import COVER, Heading
from ingest.structure.outline import Place
from ingest.structure.wording import AGREEMENT, SIGNATURES


def levels(heads: list[Heading]) -> list[tuple[int, int | None]]:
    """For each heading its level, and the heading it stands under.

    The titles of a bundle of papers have level 1, for the bundle as a whole has the level above them.
    """
    result: list[tuple[int, int | None]] = []
    stack: list[tuple[int, int]] = []
    meeting: list[tuple[int, int]] = []
    for index, (heading, depth) in enumerate(zip(heads, _depths(heads), strict=True)):
        while stack and (stack[-1][0] >= depth or not _gathers(heads[stack[-1][1]].place, heading.place)):
            stack.pop()
        if heading.rank == "case" and stack and _is_agreement(heads[stack[-1][1]]):
            # The next case of the meeting ends the agreement that was laid before it.
            stack = list(meeting)
        parent = stack[-1][1] if stack else None
        result.append((depth if parent is None else result[parent][0] + 1, parent))
        stack.append((depth, index))
        if heading.rank == "title" and not _is_agreement(heading):
            meeting = [(depth, index)]
    return result


def _is_agreement(heading: Heading) -> bool:
    return heading.rank == "title" and AGREEMENT.match(heading.title or "") is not None


def _gathers(above: Place, place: Place) -> bool:
    """Whether one number may stand over another: 4 not over 5.1, whose own chapter heading was not found."""
    return not above or not place or len(above) >= len(place) or place[: len(above)] == above


def _depths(heads: list[Heading]) -> list[int]:
    top = 1 if _is_bundle(heads) else 0
    recurring = _recurring(heads)
    depths: list[int] = []
    chapter = anchor = top
    provision: int | None = None
    shift = 0
    structured = under_recurring = False
    for index, heading in enumerate(heads):
        behind = heads[index + 1] if index + 1 < len(heads) else None
        if heading.rank == "title":
            depth = chapter = anchor = top
            provision, shift, structured, under_recurring = None, 0, False, False
        elif heading.rank == "plain" and behind and behind.rank == "provision" and behind.title == heading.title:
            # The name of a provision over the provision itself stands beside it, not above it.
            depth = chapter + 1
        elif heading.rank == "chapter" or heading.chapter:
            depth = chapter = anchor = top + 1
            provision, shift, structured, under_recurring = None, 1, False, False
        elif heading.rank == "case":
            depth = anchor = top + 1
        elif heading.rank == "provision":
            depth = anchor = provision = chapter + 1
            structured, under_recurring = True, False
        elif heading.rank == "point":
            depth = anchor = (provision or chapter) + 1
            structured, under_recurring = True, False
        elif heading.rank == "numbered":
            if len(heading.place) == 1 and heading.place[0] == 1 and structured and depths:
                # A second outline counts what the heading over it gathers; right after the first, it stands beside it.
                shift = 0 if heads[index - 1].rank == "numbered" else depths[-1] - top
            elif len(heading.place) > 1 and not structured:
                # Kapittel 2, then 2.1: the chapter is the first figure.
                shift = 0
            depth = top + shift + len(heading.place)
            if not (structured and shift > 1):
                anchor, structured, under_recurring = depth, True, False
        elif SIGNATURES.match(heading.title or ""):
            depth = top + 1
        elif heading.title in recurring:
            depth, under_recurring = anchor + 1, True
        else:
            depth = anchor + 1 + under_recurring
        depths.append(depth)
    return depths


def _is_bundle(heads: list[Heading]) -> bool:
    """Whether several documents stand here, each with its title."""
    titles = [index for index, heading in enumerate(heads) if heading.rank == "title"]
    covers = [index for index in titles if index + 1 in titles and heads[index + 1].first - heads[index].last <= COVER]
    return len(titles) - len(covers) > 1


def _recurring(heads: list[Heading]) -> set[str | None]:
    """Unnumbered headings that come again under most numbered ones ("Kommentar"): they gather the others."""
    units = sum(heading.rank in ("numbered", "provision", "point", "chapter") for heading in heads)
    counts = Counter(heading.title for heading in heads if heading.rank == "plain")
    return {title for title, count in counts.items() if count > 4 and count > units / 2}
