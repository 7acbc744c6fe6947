"""What a sentence inherits from its document: the actors it defines, the body over it, the lead-in of its list."""

from bisect import bisect_left
from dataclasses import dataclass
from typing import NamedTuple

from ingest.clause import Structure
from ingest.norms.bearers import PATIENTS, Bearers
from ingest.norms.duties import Modality
from ingest.norms.predicates import clauses
from ingest.norms.sentences import Sentence


class Subject(NamedTuple):
    """Who a clause is about: classes and words; `given` is False when the clause itself names nobody."""

    bearers: tuple[str, ...] = ()
    text: str = ""
    given: bool = True
    inverted: bool = False


@dataclass(frozen=True, slots=True)
class Lead:
    """What the items of a list inherit.

    `action` is the verb when the items only add its objects ("bør beskrive:"), None when they bring their own verbs
    ("skal:"), and empty when only the subject is inherited ("AU skal ha følgende oppgaver:").
    """

    modality: Modality
    trigger: str
    subject: Subject
    action: str | None = None


class Context:
    """One document while its norms are found."""

    def __init__(self, structure: Structure) -> None:
        self.structure = structure
        self.bearers = Bearers(structure.flow.text)
        self.last: tuple[str, ...] = ()
        """The actors of the last subject, whom "de" may mean."""
        self._leads: dict[int | None, Lead] = {}
        self._listed = {clause.parent for clause in structure.clauses if clause.kind == "item"}

    def opens_list(self, sentence: Sentence) -> bool:
        """Whether the items of a list may complete a sentence; the colon is often forgotten."""
        return sentence.text.endswith(":") or (
            sentence.clause in self._listed and not sentence.text.endswith((".", "!", "»"))
        )

    def lead(self, clause: int | None) -> Lead | None:
        """What the sentence before a list gives to its items, and to theirs."""
        above = list(self.structure.ancestors(clause))[1:] if clause is not None else []
        return next((self._leads[index] for index in above if index in self._leads), None)

    def set_lead(self, clause: int | None, lead: Lead) -> None:
        """Remember what the items under a clause inherit."""
        self._leads[clause] = lead

    def forget_leads(self) -> None:
        """A new paragraph ends what came before."""
        self._leads.clear()

    def titles(self, clause: int | None) -> list[str]:
        """The headings over a clause, the nearest first."""
        above = self.structure.ancestors(clause) if clause is not None else ()
        clauses = self.structure.clauses
        return [title for index in above if clauses[index].kind != "title" and (title := clauses[index].title)]

    def body(self, clause: int | None) -> tuple[str, ...]:
        """The body under whose heading a clause stands: "4.2 Strategisk samarbeidsutvalg (SSU)"."""
        for title in self.titles(clause):
            if named := [actor.kind for actor in self.bearers.named(title) if actor.kind not in PATIENTS]:
                # "Arbeidsutvalg/sekretariat (AU)": the abbreviation is what it is called.
                return (named[-1] if len(named[-1]) < 5 else named[0],)
        return ()

    def body_again(self, sentence: Sentence) -> tuple[str, ...]:
        """The body that "utvalget" means: that of the heading, or the last one named in the clause."""
        if sentence.clause is None:
            return ()
        begin = bisect_left(self.structure.flow.offsets, self.structure.clauses[sentence.clause].start)
        named = self.bearers.named(self.structure.flow.text[begin : sentence.start])
        bodies = [actor.kind for actor in named if self.bearers.is_body(actor.kind)]
        over = [kind for kind in self.body(sentence.clause) if self.bearers.is_body(kind)]
        return tuple(over or bodies[-1:])


class Said:
    """A sentence of a document, with its words, its finite verbs and what it inherits."""

    def __init__(self, context: Context, sentence: Sentence) -> None:
        self.context = context
        self.sentence = sentence
        self.text = sentence.text
        self.clause = sentence.clause
        self.words, self.predicates = clauses(sentence.text)
        self.subjects: list[Subject] = []
        """The subjects of the predicates read so far."""

    @property
    def opens_list(self) -> bool:
        """Whether the items of a list may complete the sentence."""
        return self.context.opens_list(self.sentence)

    def leads(self, modality: Modality, trigger: str, subject: Subject, action: str | None = None) -> None:
        """Let the items that follow inherit."""
        self.context.set_lead(self.clause, Lead(modality, trigger, subject, action))
