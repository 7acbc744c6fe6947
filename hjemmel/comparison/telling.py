"""A comparison as paragraphs: differences with their quotes, changed clauses with what was taken out and put in."""

from collections.abc import Iterator, Mapping, Sequence
from textwrap import fill

from hjemmel.comparison.agreements import Comparison
from hjemmel.comparison.alignment import Aligned
from hjemmel.comparison.difference import Difference
from hjemmel.comparison.versions import Diff
from hjemmel.comparison.wording import Run
from hjemmel.comparison.words import in_words, word
from hjemmel.render import MARKS, quoted

MARKED = {"kept": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
WIDTH = 100


def comparison_told(found: Comparison, language: str) -> str:
    """Who meets what, the differences in substance, and those in wording."""
    lines = [", ".join(found.called.values()), ""]
    for line in found.requirements:
        results = (
            f"{found.called[cell.document]}: {MARKS.get(cell.result, '·')} {in_words(cell.result, language)}"
            for cell in line.cells
        )
        lines.append(fill(f"{line.label} ({line.legal_basis}): {'; '.join(results)}", WIDTH, subsequent_indent="  "))
    return "\n".join([*lines, *_differences(found.substance, found.wording, found.called, language)])


def diff_told(found: Diff, language: str) -> str:
    """The differences in substance, those in wording, and every clause that changed."""
    lines = [f"{found.one.id} → {found.other.id}"]
    if not found.versions:
        lines.append(word("notes", "no versions", language))
    lines.extend(_differences(found.substance, found.wording, found.called, language))
    lines.extend(["", word("headings", "clauses", language), ""])
    changed = [pair for pair in found.clauses if pair.change != "same" or pair.moved]
    # What only one of two independent agreements has was neither put in nor taken out.
    lines.extend(_clause(pair, language) for pair in changed if found.versions or (pair.one and pair.other))
    return "\n".join(lines)


def marked(runs: Sequence[Run]) -> str:
    """Runs as one line, with marks that need no colour.

    >>> from hjemmel.comparison.wording import wording
    >>> marked(wording("med ett års frist", "med to års frist"))
    'med [-ett-] {+to+} års frist'
    """
    told = (MARKED[run.kind].format(" ".join(run.text.split())) for run in runs if run.text.strip())
    return " ".join(told)


def _differences(
    substance: Sequence[Difference], wording: Sequence[Difference], called: Mapping[str, str], language: str
) -> Iterator[str]:
    for name, differences in (("substance", substance), ("wording", wording)):
        yield f"\n{word('headings', name, language)} ({len(differences)})\n"
        for found in differences:
            yield fill(found.message(language, called), WIDTH, subsequent_indent="  ")
            for side in found.sides:
                yield from (quoted(words.quote, f"{called[side.document]}, {words.place}") for words in side.words)


def _clause(pair: Aligned, language: str) -> str:
    clause = pair.other or pair.one
    assert clause is not None
    change = [word("changes", pair.change, language)] if pair.change != "same" else []
    if pair.moved:
        change.append(word("changes", "moved", language))
    if pair.renumbered and pair.one and pair.other:
        change.append(f"{pair.one.number} → {pair.other.number}")
    told = marked(pair.runs) if pair.change != "same" else ""
    return fill(f"{clause.words.place} ({', '.join(change)}): {told}".rstrip(": "), WIDTH, subsequent_indent="  ")
