"""Which body each clause of a document is about, by the headings over it."""

import re
from bisect import bisect_left

from ingest.bodies.membership import COMPOSED, COMPOSITION, Place, side_of, standing
from ingest.bodies.names import Mention, titled
from ingest.clause import Clause, Structure

# Papers of a single case, and what was decided in it, lay down no rules for a body.
CASE_NUMBER = re.compile(r"(?:(?:19|20)\d\d[./-]\s?\d{1,3}|\d{1,3}/\d{2,4})")
DECIDED = re.compile(
    r"\W*(?:forslag til|framlegg til|konklusjon|vedtak|tilråding|innstilling|beslutning)\b", re.IGNORECASE
)
PLAN = re.compile(r"\b(?:møteplan|møtekalender|referat|innkalling|protokoll|saksliste|sakliste)", re.IGNORECASE)
DETAIL = re.compile(
    r"\W*(?:(?:sammen|saman)set\w+|medlem\w*|oppg[aå]ve\w*|mandat|ansvar|møter?|ledelse|leiing|leiar|leder|"
    r"representasjon\b|funksjonstid|arbeidsform|sekretariat)\b",
    re.IGNORECASE,
)


class Outline:
    """The clauses of a document: the body that governs each, and those that lay down nothing (`barred`).

    `headings` are the bodies that a heading is about, at their places in the flow, in the order of the text.
    """

    def __init__(self, structure: Structure, named: tuple[Mention, ...]) -> None:
        self.clauses = structure.clauses
        self.structure = structure
        self.headings: list[Mention] = []
        self.headed: list[bool] = []
        self.barred: list[bool] = []
        self.governing: list[str | None] = []
        self._starts = [mention.start for mention in named]
        self._named = named
        carried: tuple[int, str | None] = (0, None)
        for clause in self.clauses:
            carried = self._add(clause, carried)

    def governs(self, clause: int | None) -> str | None:
        """The slug of the body that the heading of a clause, or one above it, is about."""
        return None if clause is None else self.governing[clause]

    def under(self, clause: int | None, pattern: "re.Pattern[str]") -> bool:
        """Whether a heading between a clause and the body it belongs to holds the pattern."""
        for above in () if clause is None else self.structure.ancestors(clause):
            if self.headed[above]:
                return False
            if pattern.search(self.clauses[above].title or ""):
                return True
        return False

    def place(self, clause: int, lead: str) -> Place | None:
        """How the list around an item composes a body; None if it does not."""
        led = COMPOSED.search(lead) is not None or COMPOSITION.search(lead) is not None
        parent = self.clauses[clause].parent
        nested = parent is not None and self.clauses[parent].kind == "item"
        if not led and (not self.under(clause, COMPOSITION) or (lead and not nested)):
            return None
        side, how = None, standing(lead, "member")
        for above in list(self.structure.ancestors(clause))[1:]:
            if self.headed[above]:
                break
            words = self._words(self.clauses[above])
            side = side or side_of(words)
            how = standing(words, how) if self.clauses[above].kind == "item" else how
        return Place(side, how, nested, True)

    def _add(self, clause: Clause, carried: tuple[int, str | None]) -> tuple[int, str | None]:
        """Take the next clause; gives the level and body that a heading beside it may belong to."""
        title = clause.title or ""
        above = None if clause.parent is None else self.governing[clause.parent]
        barred = clause.parent is not None and self.barred[clause.parent]
        barred = barred or CASE_NUMBER.fullmatch(clause.number or "") is not None or PLAN.search(title) is not None
        barred = barred or (clause.kind in ("section", "label") and DECIDED.match(title) is not None)
        own = titled(title) if title and not barred else None
        if own:
            self.headings.append(self._in_flow(own, clause))
            above = own.slug
            carried = (clause.level, above)
        elif clause.kind in ("section", "title"):
            # "Sammensetning" and "Oppgaver" may stand beside the heading they belong to, not under it.
            if above is None and DETAIL.match(title) and not clause.number and clause.level == carried[0]:
                above = carried[1]
            elif clause.level <= carried[0]:
                carried = (clause.level, None)
        self.headed.append(own is not None)
        self.barred.append(barred)
        self.governing.append(above)
        return carried

    def _in_flow(self, own: Mention, clause: Clause) -> Mention:
        """The body of a heading at its place in the flow, where its name may go on over two lines."""
        offsets = self.structure.flow.offsets
        first, last = bisect_left(offsets, clause.start), bisect_left(offsets, clause.body)
        for index in range(bisect_left(self._starts, first), len(self._named)):
            mention = self._named[index]
            if mention.start >= last:
                break
            if mention.kind == own.kind:
                first = mention.start
                break
        return Mention(first, min(first + len(own.name), max(last, first + 1)), own.slug, own.kind, own.name)

    def _words(self, clause: Clause) -> str:
        if clause.title or clause.kind != "item":
            return clause.title or ""
        return " ".join(self.structure.text[clause.body : clause.end].split())
