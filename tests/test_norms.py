"""Norms against the gold: the corpus, and agreements written for this test; then one row per trap of the language."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from ingest.bundle import parts
from ingest.clause import Structure
from ingest.norms import Norm, norms, notes
from ingest.norms.circumstances import deadline, time_allowed
from ingest.structure import structure

TESTS = Path(__file__).parent
CORPUS = TESTS.parent / "corpus"
DEVELOPMENT = (
    "vestfold-samarbeidsavtale",
    "trondelag-samarbeidsavtale-hoering",
    "vestfold-ssu-2022-11-24",
    "ahus-samarbeidsavtale",
)
OWN = ("fjordvik-samarbeidsavtale", "nordheim-samarbeidsavtale", "solvaer-samarbeidsavtale")
PRESENT = {"CONSTITUTIVE", "VALIDITY"}
ALIKE = {"RESPONSIBILITY": "OBLIGATION"} | dict.fromkeys(PRESENT, "STATEMENT")
# Words that bind alike, by the beginning of the trigger.
TRIGGERS = (
    "skal",
    "må",
    "bør",
    "kan",
    "har ansvar",
    "er ansvar",
    "har plikt",
    "forplikter",
    "er forpliktet",
    "er pålagt",
    "presens",
)


@dataclass(frozen=True, slots=True)
class Expected:
    """A norm of the gold file."""

    start: int
    end: int
    sentence: str
    trigger: str
    modality: str
    bearers: frozenset[str]
    action: str
    inherited: bool


@cache
def read(document: str) -> tuple[Structure, tuple[Norm, ...]]:
    path = CORPUS / f"{document}.txt"
    with (path if path.exists() else TESTS / "agreements" / path.name).open(encoding="utf-8", newline="") as stored:
        found = structure(stored.read())
    within = [(part.start, part.end) for part in parts(found)] or [(0, len(found.text))]
    return found, tuple(norm for norm in norms(found) if any(start <= norm.start < end for start, end in within))


@cache
def gold(document: str) -> tuple[Expected, ...]:
    path = TESTS / "agreements" / f"{document}.norms.tsv"
    with (path if path.exists() else TESTS / "gold" / "norms.tsv").open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))
    return tuple(
        Expected(
            int(row["start"]),
            int(row["end"]),
            row["sentence"],
            row["trigger"],
            ALIKE.get(row["modality"], row["modality"]),
            frozenset(row["bearer"].split(";")) - {"-"},
            row["action_head"],
            row["inherited"] == "1",
        )
        for row in rows
        if row["document"] == document and row["modality"] != "DRAFT-NOTE"
    )


def binds(trigger: str) -> str:
    trigger = trigger.replace("ikke skal", "skal ikke")
    return next((word for word in TRIGGERS if trigger.startswith(word)), trigger)


def agrees(norm: Norm, row: Expected) -> bool:
    shared = min(norm.end, row.end) - max(norm.start, row.start)
    if norm.modality != row.modality or 2 * shared < min(norm.end - norm.start, row.end - row.start):
        return False
    return row.inherited or row.trigger == "inherited" or binds(norm.trigger) == binds(row.trigger)


def same_action(norm: Norm, row: Expected) -> bool:
    """The head decides: "legge" of "legge fram" is right, and "få delta" where the file has "få"."""
    return norm.action.split()[:1] == row.action.split()[:1]


def matched(found: tuple[Norm, ...], rows: tuple[Expected, ...]) -> list[tuple[Norm, Expected]]:
    """One norm for each row: those whose action and bearers agree too come first."""
    pairs: list[tuple[Norm, Expected]] = []
    left, open_rows = list(found), list(rows)
    for strict in (3, 2, 1, 0):
        for row in list(open_rows):
            for norm in left:
                if not agrees(norm, row) or (strict & 2 and not same_action(norm, row)):
                    continue
                if strict & 1 and frozenset(norm.bearers) != row.bearers:
                    continue
                pairs.append((norm, row))
                left.remove(norm)
                open_rows.remove(row)
                break
    return pairs


@dataclass(frozen=True, slots=True)
class Score:
    """How many were found, expected and right, and how many of the right ones have the right bearers and action."""

    found: int
    expected: int
    right: int
    bearers: int
    actions: int

    @property
    def precision(self) -> float:
        return self.right / self.found

    @property
    def recall(self) -> float:
        return self.right / self.expected

    def __str__(self) -> str:
        return (
            f"P {self.precision:.3f} ({self.right}/{self.found}) R {self.recall:.3f} ({self.right}/{self.expected}) "
            f"bearer {self.bearers / self.right:.3f} action {self.actions / self.right:.3f}"
        )


def scored(documents: tuple[str, ...], *, present: bool) -> Score:
    """The score over some documents; what was not found, or found too much, is printed."""
    found = expected = right = bearers = deeds = 0
    for document in documents:
        text = read(document)[0].text
        predicted = tuple(norm for norm in read(document)[1] if (norm.modality == "STATEMENT") == present)
        rows = tuple(row for row in gold(document) if (row.modality == "STATEMENT") == present)
        pairs = matched(predicted, rows)
        found, expected, right = found + len(predicted), expected + len(rows), right + len(pairs)
        bearers += sum(frozenset(norm.bearers) == row.bearers for norm, row in pairs)
        deeds += sum(same_action(norm, row) for norm, row in pairs)
        for norm in predicted:
            if not any(norm is one for one, _ in pairs):
                quote = " ".join(text[norm.start : norm.end].split())
                print(f"  + {norm.modality} {norm.bearers} {norm.action}: {quote[:100]}")
        for row in rows:
            if not any(row is one for _, one in pairs):
                print(f"  - {row.modality} {set(row.bearers)} {row.action}: {row.sentence[:100]}")
        for norm, row in pairs:
            if frozenset(norm.bearers) != row.bearers or not same_action(norm, row):
                print(f"  ~ {norm.bearers} {norm.action} for {set(row.bearers)} {row.action}: {row.sentence[:100]}")
    return Score(found, expected, right, bearers, deeds)


# The least that each figure may be: precision, recall, bearer, action.
FLOORS = {
    ("corpus", False): (0.98, 0.98, 0.96, 0.98),
    ("corpus", True): (0.95, 0.95, 0.92, 0.98),
    ("own", False): (0.98, 0.98, 0.98, 0.98),
    ("own", True): (0.95, 0.94, 0.98, 0.98),
}


@pytest.mark.gold
@pytest.mark.parametrize(("texts", "present"), FLOORS)
def test_norms_are_as_good_as_recorded(texts: str, present: bool) -> None:
    score = scored(DEVELOPMENT if texts == "corpus" else OWN, present=present)
    print(f"{texts}, {'present tense' if present else 'modal'}: {score}")
    precision, recall, bearers, deeds = FLOORS[texts, present]
    assert score.precision >= precision and score.recall >= recall
    assert score.bearers >= bearers * score.right and score.actions >= deeds * score.right


@pytest.mark.parametrize("document", [*DEVELOPMENT, *OWN, "veileder-samarbeidsavtaler"])
def test_a_norm_can_show_its_words_and_its_clause(document: str) -> None:
    found, read_norms = read(document)
    for norm in read_norms:
        assert found.text[norm.start : norm.end].strip()
        assert norm.clause == found.clause_at(norm.start)
        assert norm.bearer_text in found.flow.text


def said(text: str) -> list[tuple[str, str, str]]:
    """Modality, bearers and action of each norm of a text."""
    whole = structure(text)
    return [(norm.modality, ";".join(norm.bearers), norm.action) for norm in norms(whole)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # Relative, purpose and condition clauses are no norms; neither are embedded questions.
        ("Oppgaver som skal løses, er beskrevet i vedlegg.", []),
        ("Partene skal dele data slik at tjenestene kan planlegges.", [("OBLIGATION", "PARTENE", "dele")]),
        ("Planen viser hvilke tiltak partene skal sette i verk.", []),
        ("Det er kommunen som skal varsle.", [("OBLIGATION", "KOMMUNENE", "varsle")]),
        ("Partene er enige om at saken skal løses av sykehuset.", [("OBLIGATION", "SYKEHUSET", "løse")]),
        # Verb second: something else stands first, and the subject after the verb.
        ("Innen en uke skal kommunen varsle sykehuset.", [("OBLIGATION", "KOMMUNENE", "varsle")]),
        ("Når avtalen endres, skal partene møtes.", [("OBLIGATION", "PARTENE", "møtes")]),
        ("Oppnås ikke enighet, kan en av partene bringe saken inn.", [("PERMISSION", "PARTENE", "bringe inn")]),
        # A passive has a patient; its bearer comes from "av" only.
        ("Pasienten skal varsles.", [("OBLIGATION", "", "varsle")]),
        ("Pasienten skal varsles av kommunen.", [("OBLIGATION", "KOMMUNENE", "varsle")]),
        ("Saka skal bli lagt fram av sjukehuset.", [("OBLIGATION", "SYKEHUSET", "legge fram")]),
        # Verbs that are in no table are known by their place.
        ("Brev som blåner av elde, kan makuleres.", [("PERMISSION", "", "makulere")]),
        ("Kommunen skal flisespikke.", [("OBLIGATION", "KOMMUNENE", "flisespikke")]),
        # Negation.
        ("Ingen av partnerne skal gi løfter.", [("PROHIBITION", "PARTENE", "gi")]),
        ("Kommunen kan ikke nekte.", [("PROHIBITION", "KOMMUNENE", "nekte")]),
        ("Kommunen må ikkje ta imot pasientar.", [("PROHIBITION", "KOMMUNENE", "ta imot")]),
        ("Kommunen skal ikke bare varsle.", [("OBLIGATION", "KOMMUNENE", "varsle")]),
        # Short verbs.
        ("Partene skal øve sammen hvert år.", [("OBLIGATION", "PARTENE", "øve")]),
        ("Kommunen skal ære de frivillige.", [("OBLIGATION", "KOMMUNENE", "ære")]),
        ("Partane øver saman kvart år.", [("STATEMENT", "PARTENE", "øve")]),
        # Other words that bind.
        ("Partene forplikter seg til å gjøre avtalen kjent.", [("COMMITMENT", "PARTENE", "gjøre kjent")]),
        ("Sjukehuset pliktar å melde frå til kommunen.", [("OBLIGATION", "SYKEHUSET", "melde frå")]),
        ("Det er kommunen sitt ansvar å følgje opp pasienten.", [("OBLIGATION", "KOMMUNENE", "følgje opp")]),
        ("Det påhviler sykehuset å varsle.", [("OBLIGATION", "SYKEHUSET", "varsle")]),
        ("Sykehuset er forpliktet til, innen 3 dager, å sende epikrise.", [("COMMITMENT", "SYKEHUSET", "sende")]),
        ("Sykehuset har ikke adgang til å endre avtalen.", [("PROHIBITION", "SYKEHUSET", "endre")]),
        ("Det vert tilrådd at partane møtest kvart år.", [("RECOMMENDATION", "PARTENE", "møtast")]),
        ("Tilsette skal kunne hospitere.", [("PERMISSION", "ANSATTE", "hospitere")]),
        ("Partene vil arbeide for felles rutiner. Dette vil være viktig.", [("COMMITMENT", "PARTENE", "arbeide")]),
        # One norm for each coordinated verb, but not for those under "å".
        (
            "Kommunen og sykehuset skal samarbeide om å utvikle og bruke rutiner, og følge opp avvik.",
            [("OBLIGATION", "KOMMUNENE;SYKEHUSET", "samarbeide"), ("OBLIGATION", "KOMMUNENE;SYKEHUSET", "følge opp")],
        ),
        # The present tense: what is done is a norm, what is described is none.
        ("Avtalen beskriver ansvaret og består av to deler.", []),
        ("Avtalen gjelder fra 1. mai.", [("STATEMENT", "AVTALEN", "gjelde")]),
        ("Avtalen gjelder for alle kommunene.", []),
        ("Avtalen blir evaluert kvart år.", [("STATEMENT", "", "evaluere")]),
        ("Møter holdes når leder ber om det.", [("STATEMENT", "", "holde")]),
        # Remarks of the authors are no norms.
        ("Må drøftes videre.", []),
        ("Hvem skal betale for transporten?", []),
    ],
)
def test_a_sentence_binds_whom_it_says(sentence: str, expected: list[tuple[str, str, str]]) -> None:
    assert said(sentence) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "1 Formål\n\nAvtalen skal:\n\n• sikre samarbeid\n\n• angi ansvar og beskrive møteplasser\n",
            [("OBLIGATION", "AVTALEN", verb) for verb in ("sikre", "angi", "beskrive")],
        ),
        (
            "1 Krav\n\nSamarbeidsavtalen bør beskrive:\n\n• rutiner for utskrivning\n\n• bruk av digitale løsninger\n",
            [("RECOMMENDATION", "AVTALEN", "beskrive")] * 2,
        ),
        (
            "1 Strategisk samarbeidsutvalg (SSU)\n\nOppgaver\n\n• Skal vedta plan\n\n• Kan opprette grupper\n",
            [("OBLIGATION", "SSU", "vedta"), ("PERMISSION", "SSU", "opprette")],
        ),
        (
            "1 Partnarskapsmøtet\n\nPartnarskapsmøtet skal møtast. Herunder å godkjenne:\n\n• årsplan\n\n• budsjett\n",
            [("OBLIGATION", "PARTNERSKAPSMØTET", "møtast")] + [("STATEMENT", "PARTNERSKAPSMØTET", "godkjenne")] * 2,
        ),
        (
            "1 Ansvar\n\nKommunen har ansvar for å:\n\na) ha oversikt over behovet\n\nb) tilby hjelp\n",
            [("OBLIGATION", "KOMMUNENE", "ha"), ("OBLIGATION", "KOMMUNENE", "tilby")],
        ),
    ],
)
def test_items_inherit_from_their_lead_in_or_heading(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert said(text) == expected


def test_a_name_given_in_the_text_is_known_from_there_on() -> None:
    text = "Partene er XX kommune (heretter kalt Vertskapet) og Fjell HF. Vertskapet skal stille lokaler."
    assert said(text) == [("OBLIGATION", "KOMMUNENE", "stille")]


def test_a_norm_tells_until_when_and_towards_whom() -> None:
    [norm] = norms(structure("Sykehuset skal varsle kommunen innen 24 timer etter innleggelse."))
    assert (norm.counterparty, norm.deadline) == ("KOMMUNENE", "innen 24 timer etter innleggelse")
    assert norm.deadline_value == "PT24H"


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("skal sende epikrise innen en uke etter utskrivning", "innen en uke etter utskrivning", "P1W"),
        ("Senest to uker før møtene sendes saksliste", "Senest to uker før møtene", "P2W"),
        ("innen en måned etter at de er inngått, og", "innen en måned etter at de er inngått", "P1M"),
        (
            "innen en måned etter signering av avtalen og publisere den",
            "innen en måned etter signering av avtalen",
            "P1M",
        ),
        ("innen 24 timer etter innleggelse varsle kommunen", "innen 24 timer etter innleggelse", "PT24H"),
        ("varslar seinast eitt døgn før utskriving", "seinast eitt døgn før utskriving", "P1D"),
        ("senest innen 01.03.2025 og", "senest innen 01.03.2025", "2025-03-01"),
        ("innen utgangen av 2026", "innen utgangen av 2026", "2026-12-31"),
        ("innen utgangen av oppsigelsestiden", "innen utgangen av oppsigelsestiden", None),
        ("senest dagen etter at pasienten er innlagt", "senest dagen etter at pasienten er innlagt", None),
        # Working days are no length of time of the calendar, and a day without a year is no date.
        (
            "innen fem virkedager etter mottatt henvendelse svare",
            "innen fem virkedager etter mottatt henvendelse",
            None,
        ),
        ("innen 1. desember", "innen 1. desember", None),
        ("sies opp med 3 måneders skriftlig varsel", "med 3 måneders skriftlig varsel", "P3M"),
        ("tilby behandling innen psykisk helsevern", None, None),
        ("samarbeide innen ett fagområde", None, None),
    ],
)
def test_a_deadline_is_read_to_its_end(text: str, words: str | None, value: str | None) -> None:
    found = deadline(text)
    assert found == words
    assert (time_allowed(found) if found else None) == value


@pytest.mark.parametrize(
    ("sentence", "towards"),
    [
        ("Kommunen skal ta hensyn til at Fjell ligger 18 mil fra sykehuset.", None),
        ("Kommunen skal varsle sykehuset om at legevakten er stengt for pasienter fra fastlegene.", "SYKEHUSET"),
        ("Sjukehuset skal melde frå til kommunen om at pasienten er klar.", "KOMMUNENE"),
    ],
)
def test_what_is_told_of_is_nobody_to_turn_to(sentence: str, towards: str | None) -> None:
    [norm] = norms(structure(sentence))
    assert norm.counterparty == towards


@pytest.mark.parametrize(
    ("text", "kind", "quotes"),
    [
        ("Avtalen er inngått mellom XX kommune og Fjell HF.", "placeholder", ["XX kommune"]),
        ("Avtalen gjelder fra xx.yy. 2023.", "placeholder", ["xx.yy. 2023"]),
        ("Avtalen gjeld frå dd.mm.åååå for [namn på kommune].", "placeholder", ["dd.mm.åååå", "[namn på kommune]"]),
        ("Inngått mellom ………… (kommunene) og ________ HF.", "placeholder", ["…………", "________"]),
        ("Formål ................ 3\nParter ................ 4\n", "placeholder", []),
        ("Partene følger nasjonale føringer (fotnote?).", "drafting note", ["(fotnote?)"]),
        (
            "Felles brukerutvalg i regionen? Må drøftes videre.",
            "drafting note",
            ["Felles brukerutvalg i regionen?", "Må drøftes videre."],
        ),
        ("KOMMENTAR: Må avklarast med juristane.", "drafting note", ["Må avklarast med juristane."]),
        ("Dette må avklares nærmere.", "drafting note", ["Dette må avklares nærmere."]),
        ("Spørsmålet «hva er viktig for deg?» skal stilles.", "drafting note", []),
        ("Fordelingen av kostnader skal avklares i utvalget.", "drafting note", []),
    ],
)
def test_notes_and_blanks_of_a_draft_are_told_apart_from_its_words(text: str, kind: str, quotes: list[str]) -> None:
    found = [note for note in notes(structure(text)) if note.kind == kind]
    assert [text[note.start : note.end] for note in found] == quotes
