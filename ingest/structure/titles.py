"""What tells the title of a document: where it stands, and what stands right below it."""

from collections.abc import Mapping, Sequence

from ingest.structure.blocks import Block
from ingest.structure.outline import Place
from ingest.structure.wording import AGREEMENT, FIELD, MEETING_DATE, titled

MEDIAL = 25
"""So many blocks may stand between the title of an agreement and its first chapter (parties, versions of the draft)."""


def zone(found: Sequence[Block], index: int) -> list[int]:
    """Blocks from here on that could be a title, one directly after the other."""
    near = []
    for place in range(index, min(index + 4, len(found))):
        block = found[place]
        if block.mark or block.full or not titled(block.text.rstrip(": ")) or (place > index and block.top):
            break
        if not FIELD.match(block.text):
            near.append(place)
    return near


def opens_agreement(found: Sequence[Block], numbered: Mapping[int, Place], index: int) -> bool:
    """Whether an agreement begins here: named, then its parties or its first heading before any sentence."""
    block = found[index]
    if block.mark or block.full or not AGREEMENT.match(block.text) or not titled(block.text):
        return False
    for place in range(index + 1, min(index + MEDIAL, len(found))):
        behind = found[place]
        if behind.mark in ("table", "row"):
            continue
        if numbered.get(place) == (1,) or (behind.mark == "provision" and behind.number in ("§ 1", "§1")):
            return True
        if place <= index + 3 and behind.text.startswith("mellom"):
            return True
        if sentence(behind) or behind.mark in ("case", "bullet") or place in numbered:
            return False
    return False


def referred(found: Sequence[Block], index: int) -> bool:
    """Whether a meeting's date or a case number stands right below, as under the title of a paper for a meeting."""
    for block in found[index + 1 : index + 3]:
        if block.mark == "case" and not block.words and not block.text[0].isdigit():
            return True
        if not block.mark and MEETING_DATE.match(block.text):
            return True
    return False


def sentence(block: Block) -> bool:
    """Running text: a finite verb, or more than one line, with a final stop or long enough for one."""
    return len(block.lines) > 2 or (
        len(block.text) > 25 and (block.text[-1] in ".?:" or len(block.lines) > 1 or block.full)
    )
