"""The report of a check: everything that any format tells, decided once, in one language."""

import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.resources import files
from itertools import takewhile
from typing import TYPE_CHECKING, BinaryIO

from hjemmel.judgement import REFUSED, Judged, Judgement
from hjemmel.store import Row, Store

if TYPE_CHECKING:
    from hjemmel.ownrules import OwnFinding
    from shapes import Evidence, Finding, Point

# The order in which a lawyer reads: what is wrong, what is advised, what is in order.
GROUPS = (
    *("conflict", "missing", "partly", "should", "information"),
    *("not_assessable", "not_applicable", "fulfilled", "refused"),
)
STRENGTHS = ("obligation", "recommendation", "permission")
MOST_SPOKEN_OF = 2
# What needs no more than a row in a table.
IN_ORDER = ("fulfilled", "not_applicable")
DOCUMENT = """
SELECT ?document ?title ?status ?region ?made_on ?missing ?digest WHERE {
    ?document dcterms:title ?title ; hj:textDigest ?digest .
    OPTIONAL { ?document hj:status ?status }
    OPTIONAL { ?document hj:region ?region }
    OPTIONAL { ?document hj:madeOn ?made_on }
    OPTIONAL { ?document hj:missingPart ?missing }
}
"""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the agreement, where they stand, and from which character to which."""

    words: str
    place: str
    start: int
    end: int

    @property
    def shown(self) -> str:
        """The quote as a sentence, however its lines were broken."""
        return f"«{' '.join(self.words.split())}»"


@dataclass(frozen=True, slots=True)
class Advice:
    """A point that guidance says the agreement should describe, and where the agreement perhaps does so."""

    point: Quote
    force: str
    spoken_of: tuple[Quote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A finding as it is told: `law` is the number of the note with the law's words, 0 if they are not known."""

    number: int
    finding: "Finding"
    group: str
    label: str
    message: str
    state: str
    law: int
    quotes: tuple[Quote, ...]
    nearest: tuple[Quote, ...]
    advice: tuple[Advice, ...] = ()
    role: str = ""
    reason: str = ""
    reviewed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Law:
    """A numbered note: what a provision said on the day, and where Lovdata has it."""

    number: int
    basis: str
    words: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A check of one agreement, to be written: the facts of it, the findings in groups, the law's words as notes.

    `facts` are what it was done with; a value is words or a day. `summary` counts the findings of each group by
    strength, without those that people refused. `remarks` are what a careful reader notes beside them, `new` the duties
    that came after the agreement was made, by the law of today. `own` is None where no own rules were given.
    """

    language: str
    judgement: Judgement
    title: str
    facts: tuple[tuple[str, str | date], ...]
    summary: Mapping[tuple[str, str], int]
    entries: tuple[Entry, ...]
    remarks: tuple[Entry, ...]
    new: tuple[Entry, ...]
    laws: tuple[Law, ...]
    own: "tuple[OwnFinding, ...] | None" = None
    made: date = field(default_factory=date.today)

    def say(self, key: str, **values: object) -> str:
        """A text in the report's language, its gaps filled."""
        words = texts(self.language)[key]
        return words.format(**values) if values else words

    def day(self, given: date) -> str:
        """A day as people write it."""
        return written(given, self.language)

    def sections(self) -> list[tuple[str, str, tuple[Entry, ...]]]:
        """What stands after the findings, each with a title and a sentence: remarks, and new duties."""
        today = self.judgement.today
        lead = self.say("new lead", date=self.day(today)) if today else ""
        found = (("remarks", self.say("remarks lead"), self.remarks), ("new", lead, self.new))
        return [(self.say(title), sentence, entries) for title, sentence, entries in found if entries]

    def groups(self) -> list[tuple[str, tuple[Entry, ...]]]:
        """The groups that have findings, the gravest first."""
        found = ((group, tuple(one for one in self.entries if one.group == group)) for group in GROUPS)
        return [(group, entries) for group, entries in found if entries]

    def strengths(self) -> list[str]:
        """The strengths that the summary has columns for."""
        return [one for one in STRENGTHS if any(strength == one for strength, _ in self.summary)]

    def table(self) -> list[tuple[str, tuple[int, ...]]]:
        """The summary: for each group how many of each strength, and how many in all; their sums last."""
        rows = {group: [self.summary.get((one, group), 0) for one in self.strengths()] for group in GROUPS}
        told = {self.say(group): (*counts, sum(counts)) for group, counts in rows.items() if any(counts)}
        sums = (sum(counts[column] for counts in told.values()) for column in range(len(self.strengths()) + 1))
        return [*told.items(), (self.say("all"), tuple(sums))]

    def counted(self) -> str:
        """The summary in a sentence."""
        fulfilled = sum(number for (_, group), number in self.summary.items() if group == "fulfilled")
        return self.say("assessed", all=sum(self.summary.values()), fulfilled=fulfilled)

    def search(self, entry: Entry) -> str:
        """What was searched for in vain, and whether anything came near."""
        said = self.say
        together = (words.replace(" + ", f" {said('with')} ") for words in entry.finding.searched)
        searched = f"{said('searched')}: {'; '.join(together)}. " if entry.finding.searched else ""
        return searched + (f"{said('nearest')}:" if entry.nearest else said("none nearest"))

    def review(self, entry: Entry) -> str:
        """What people have come to on a finding, or that nobody has reviewed it."""
        if entry.reviewed_on is None:
            return self.say("rests on confirmed" if entry.state == "confirmed" else "not reviewed")
        day = self.day(entry.reviewed_on)
        return self.say("reviewed", state=self.say(entry.state), role=entry.role, date=day, reason=entry.reason)


Writer = Callable[[Report, BinaryIO], None]


def report(
    judgement: Judgement,
    store: Store,
    *,
    language: str,
    snapshot: str | None,
    own: "tuple[OwnFinding, ...] | None" = None,
) -> Report:
    """The report of a judgement on a document of a store; `snapshot` is the name of the store's, None for a file."""
    [document] = store.select(DOCUMENT, {"document": judgement.document})
    found = sorted(judgement.findings, key=lambda one: GROUPS.index(group(one)))
    remarked = [Judged(one, None, "candidate") for one in judgement.remarks]
    every = (*found, *remarked, *judgement.new_duties)
    laws = _laws((one.finding for one in every), store)
    told = [_entry(number, one, language, laws) for number, one in enumerate(every, 1)]
    entries, remarks, new = told[: len(found)], told[len(found) :][: len(remarked)], told[len(found) + len(remarked) :]
    counts = Counter((one.finding.strength, one.group) for one in entries if one.group != "refused")
    return Report(
        language=language,
        judgement=judgement,
        title=str(document["title"]),
        facts=tuple(_facts(judgement, store, document, language, snapshot)),
        summary=counts,
        entries=tuple(entries),
        remarks=tuple(remarks),
        new=tuple(new),
        laws=tuple(laws.values()),
        own=own,
    )


@cache
def texts(language: str) -> Mapping[str, str]:
    """Every text of the reports in a language, by its key."""
    found: Mapping[str, str] = tomllib.loads(
        files(__package__).joinpath("texts", f"{language}.toml").read_text(encoding="utf-8")
    )
    return found


def legible(words: str) -> str:
    r"""Words without the control characters that no file of an office program can hold.

    >>> legible("a\x00b\x1b – c")
    'ab – c'
    """
    return "".join(letter for letter in words if letter.isprintable() or letter in "\t\n\xa0")


def written(day: date, language: str) -> str:
    """A day as it is written in a language.

    >>> written(date(2024, 9, 12), "nb"), written(date(2024, 9, 12), "en")
    ('12.09.2024', '12 September 2024')
    """
    return f"{day.day} {day:%B %Y}" if language == "en" else f"{day:%d.%m.%Y}"


def group(judged: Judged) -> str:
    """Where a finding belongs: what the law only recommends, or mentions in passing, is set apart from breaches."""
    finding = judged.finding
    if judged.state in REFUSED:
        return "refused"
    if finding.result in ("not_assessable", "not_applicable", "fulfilled"):
        return finding.result
    return {"warning": "should", "info": "information"}.get(finding.severity or "", finding.result)


def rules_digest() -> str:
    """What tells one version of the rules from another: the shapes, the requirements and the law's dates.

    >>> len(rules_digest())
    12
    """
    whole = sha256()
    for package, names in (("ontology", ("laws.ttl", "requirements.ttl")), ("shapes", None)):
        for file in sorted(files(package).iterdir(), key=lambda entry: entry.name):
            if file.name in (names or (file.name,)) and file.name.endswith(".ttl"):
                whole.update(file.read_bytes())
    return whole.hexdigest()[:12]


def _laws(findings: "Iterable[Finding]", store: Store) -> dict[str, Law]:
    """A note for each text of the law, in the order they are needed; one serves all that rests on the same words."""
    bases: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.law:
            bases.setdefault(finding.law, []).append(finding)
    return {
        words: Law(number, _shared(one.legal_basis for one in resting), words, _lovdata(resting[0], store))
        for number, (words, resting) in enumerate(bases.items(), 1)
    }


def _lovdata(finding: "Finding", store: Store) -> str:
    rows = store.select(
        "SELECT ?provision ?page WHERE { ?provision rdfs:seeAlso ?page }", {"provision": finding.provision}
    )
    return str(rows[0]["page"]) if rows else ""


def _shared(bases: Iterable[str]) -> str:
    """What short forms have in common.

    >>> _shared(["hol. § 6-5 første ledd", "hol. § 6-5 andre ledd"])
    'hol. § 6-5'
    """
    side_by_side = zip(*(basis.split() for basis in bases), strict=False)
    return " ".join(words[0] for words in takewhile(lambda words: len({*words}) == 1, side_by_side))


def _entry(number: int, judged: Judged, language: str, laws: Mapping[str, Law]) -> Entry:
    finding, review = judged.finding, judged.review
    return Entry(
        number=number,
        finding=finding,
        group=group(judged),
        label=_in(finding.label, language) or finding.requirement,
        message=_in(finding.message, language),
        state=judged.state,
        law=laws[finding.law].number if finding.law else 0,
        quotes=tuple(map(_quote, finding.evidence)),
        nearest=tuple(map(_quote, finding.nearest)),
        advice=tuple(_advice(point, language) for point in finding.advice),
        role=review.role if review else "",
        reason=review.reason if review else "",
        reviewed_on=review.time.date() if review else None,
    )


def _facts(
    judgement: Judgement, store: Store, document: Row, language: str, snapshot: str | None
) -> Iterable[tuple[str, str | date]]:
    from importlib.metadata import version

    from hjemmel.render import basis

    said = texts(language)
    made_on, missing = document["made_on"], document["missing"]
    yield said["document"], str(document["title"])
    for name in ("region", "status"):
        if document[name] and (label := _label(str(document[name]), store, language)):
            yield said[name], label
    yield said["made on"], made_on if isinstance(made_on, date) else said["no date"]
    yield said["as of"], judgement.as_of
    yield said["basis"], basis(judgement.basis, language).partition(": ")[2]
    yield said["extent"], said["excerpt"].format(missing=missing) if missing else said["whole"]
    yield said["checked"], date.today()
    yield said["software"], f"Hjemmel {version('hjemmel')}"
    yield said["rules"], rules_digest()
    yield said["data"], f"{snapshot} ({store.manifest.built})" if snapshot else said["file"]
    yield said["text"], f"SHA-256 {document['digest']}"


def _label(address: str, store: Store, language: str) -> str:
    labels = {
        str(row["language"]): str(row["label"])
        for row in store.select(
            "SELECT ?thing ?label (LANG(?label) AS ?language) WHERE { ?thing skos:prefLabel|rdfs:label ?label }",
            {"thing": address},
        )
    }
    return _in(labels, language)


def _quote(evidence: "Evidence") -> Quote:
    # Words of another document, such as the minutes of a meeting, are told with its name.
    place = ", ".join(filter(None, (evidence.document.rpartition("/")[2], evidence.place)))
    return Quote(evidence.quote, place, evidence.start, evidence.end)


def _advice(point: "Point", language: str) -> Advice:
    words = point.words
    place = ", ".join(filter(None, (texts(language)["guidance"], words.place)))
    at_most = point.spoken_of[:MOST_SPOKEN_OF]
    return Advice(Quote(words.quote, place, words.start, words.end), point.force, tuple(map(_quote, at_most)))


def _in(words: Mapping[str, str], language: str) -> str:
    return words.get(language) or words.get("nb") or ""
