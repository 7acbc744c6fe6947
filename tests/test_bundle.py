"""Agreements that stand whole among the papers of a meeting: the corpus, and bundles written for this test."""

import re
from pathlib import Path

import pytest

from ingest.bundle import Part, parts
from ingest.clause import Clause, Structure
from ingest.structure import structure

CORPUS = Path(__file__).parent.parent / "corpus"

NYNORSK = """Helsefellesskapet Innfjord
Strategisk samarbeidsutval

Møteinnkalling

Tid: 12. mars 2025 kl. 10.00-14.00
Stad: Teams

Sak 1/25 Godkjenning av innkalling og sakliste
Sak 2/25 Revisjon av samarbeidsavtalen
Sak 3/25 Møteplan for hausten

Vedlegg: Utkast til samarbeidsavtale mellom kommunane og Helse Innfjord HF

Side 1 av 5
Sak 1/25 Godkjenning av innkalling og sakliste

Framlegg til vedtak:
Innkalling og sakliste vert godkjende.

Sak 2/25 Revisjon av samarbeidsavtalen

Saksutgreiing
Samarbeidsavtalen mellom kommunane og helseføretaket vart sist revidert i 2019. Sekretariatet legg fram eit
utkast til ny avtale for utvalet. Utkastet har vore på høyring i kommunane.

Framlegg til vedtak:
1. Utvalet sluttar seg til utkastet.
2. Avtalen blir send til kommunane for godkjenning.

Side 2 av 5
Samarbeidsavtale
mellom
XX kommune
og
Helse Innfjord HF

1 Partar og føremål
Avtalen er inngått mellom XX kommune og Helse Innfjord HF. Føremålet er å sikre pasientane eit heilskapleg
tilbod.

2 Ansvar
2.1 Kommunen
Kommunen har ansvar for:
- heimetenester
- legevakt og akutt døgnplass

2.2 Helseføretaket
Helseføretaket har ansvar for spesialisthelsetenester, jf. spesialisthelsetenestelova § 2-1 a.

Side 3 av 5

3 Usemje
Usemje skal løysast så nær pasienten som mogleg.

4 Varigheit og oppseiing
Avtalen gjeld frå dd.mm. 2025. Han kan seiast opp med eitt års frist.

Underskrifter

For XX kommune                 For Helse Innfjord HF

Side 4 av 5
Sak 3/25 Møteplan for hausten

Utvalet møtest 3. september og 12. november.

Framlegg til vedtak:
Møteplanen blir godkjend.

Side 5 av 5
"""

BOKMAAL = """Helsefellesskap Østmark

Møteprotokoll partnerskapsmøtet 14. mai 2024

Til stede

Representanter fra seks kommuner og fra sykehuset deltok i møtet.

Sak 04/24 Godkjenning av innkalling

Vedtak: Innkallingen godkjennes.

Sak 05/24 Delavtale om beredskap

Sekretariatet orienterte om delavtalen, som er behandlet i alle kommunene.

Vedtak: Partnerskapsmøtet slutter seg til delavtalen.

Sak 06/24 Eventuelt

Ingen saker.

1
\fDelavtale 2 – Samarbeid om beredskap

Avtale mellom Østmark sykehus HF og kommunene Lia, Åsen og Elvedal

Vedtatt i partnerskapsmøtet 14. mai 2024

§ 1 Bakgrunn og formål

Partene skal ha omforente beredskapsplaner. Planene skal gjennomgås hvert år, og de skal øves på av begge
parter.

§ 2 Ansvar

Kommunen har ansvar for å melde fra om hendelser som kan påvirke sykehuset.

Sykehuset har ansvar for å

• varsle kommunene
• dele situasjonsbilde
• lede den medisinske innsatsen utenfor sykehus

§ 3 Kostnader

Hver part dekker egne utgifter.

§ 4 Varighet

Delavtalen gjelder så lenge hovedavtalen gjelder.

Signatur

Østmark sykehus HF        Lia kommune

2
\fNotat

Sak 07/24 Oppfølging av handlingsplan

Handlingsplanen følges opp i fagutvalgene. Det meldes om god framdrift i tre av fire prosjekter, og
sekretariatet legger fram en samlet rapport til høsten.

3
"""


def stored(document: str) -> str:
    with (CORPUS / f"{document}.txt").open(encoding="utf-8", newline="") as text:
        return text.read()


@pytest.mark.parametrize(
    ("text", "begins", "ends", "status"),
    [
        (NYNORSK, "Samarbeidsavtale\nmellom\nXX kommune", "Helse Innfjord HF", "draft"),
        (re.sub(r"(?m)^Side .*\n", "", NYNORSK), "Samarbeidsavtale\nmellom\nXX kommune", "Helse Innfjord HF", "draft"),
        (BOKMAAL, "Delavtale 2 – Samarbeid om beredskap", "Østmark sykehus HF        Lia kommune", None),
        (stored("vestfold-ssu-2022-11-24"), "Overordnet samarbeidsavtale", "Sykehuset Vestfold HF", "draft"),
    ],
    ids=["nynorsk", "without page numbers", "bokmål", "corpus"],
)
def test_an_agreement_is_found_from_its_title_to_its_signatures(text: str, begins: str, ends: str, status) -> None:
    [part] = parts(structure(text))
    words = text[part.start : part.end]
    assert (words.startswith(begins), words.endswith(ends)) == (True, True)
    assert (part.kind, part.title, part.status) == ("agreement", begins.splitlines()[0], status)


def within(found: Structure, part: Part) -> list[tuple[object, ...]]:
    """The clauses of a part, their positions, levels and parents counted from where it begins."""
    first = next(index for index, clause in enumerate(found.clauses) if clause.start == part.start)
    clauses = [clause for clause in found.clauses if part.start <= clause.start < part.end]
    return [shifted(clause, part.start, clauses[0].level, first) for clause in clauses]


def shifted(clause: Clause, start: int, level: int, first: int) -> tuple[object, ...]:
    parent = None if clause.parent is None or clause.parent < first else clause.parent - first
    positions = (clause.start - start, clause.end - start, clause.body - start)
    return (*positions, clause.kind, clause.level - level, clause.number, clause.title, parent)


@pytest.mark.parametrize("text", [NYNORSK, BOKMAAL, stored("vestfold-ssu-2022-11-24")], ids=["nn", "nb", "corpus"])
def test_an_agreement_reads_the_same_alone_as_in_its_bundle(text: str) -> None:
    found = structure(text)
    [part] = parts(found)
    alone = structure(text[part.start : part.end])
    assert within(alone, Part(0, len(alone.text), "agreement", part.title)) == within(found, part)


@pytest.mark.parametrize(
    "document",
    [
        "ahus-samarbeidsavtale",
        "trondelag-samarbeidsavtale-hoering",
        "veileder-samarbeidsavtaler",
        "vestfold-samarbeidsavtale",
    ],
)
def test_an_agreement_is_not_a_part_of_itself(document: str) -> None:
    assert parts(structure(stored(document))) == ()


def test_a_case_about_an_agreement_is_not_one() -> None:
    text = """Saksframlegg
\f
Samarbeidsavtale mellom Lia kommune og Elvedal sykehus HF

1 Bakgrunn
Avtalen har vært på høring i kommunen og i sykehuset.

2 Vurdering
Avtalen dekker de tema loven krever, og partene er enige om den.

3 Forslag til vedtak
Kommunestyret godkjenner avtalen.

4 Vedlegg
Samarbeidsavtalen følger vedlagt.
"""
    assert parts(structure(text)) == ()


def test_two_agreements_in_a_row_are_two() -> None:
    chapters = (
        "1 Formål\nPartene samarbeider om {0}.\n\n2 Ansvar\nPartene deler ansvaret for {0}.\n\n3 Tid\nEtt år.\n\n"
    )
    agreement = "Delavtale {1} om {0}\nmellom Lia kommune og Elvedal sykehus HF\n\n" + chapters
    text = "Møteprotokoll\n\nSak 1/24 Delavtaler\n\nDelavtalene ble godkjent.\n\f"
    text += agreement.format("beredskap", 1) + "\f" + agreement.format("jordmortjenester", 2)
    found = parts(structure(text))
    assert [(part.title, part.status) for part in found] == [
        ("Delavtale 1 om beredskap", None),
        ("Delavtale 2 om jordmortjenester", None),
    ]
    assert text[found[0].start : found[0].end].endswith("Ett år.")


def test_an_agreement_without_numbers_is_known_by_its_parties_and_signatures() -> None:
    text = """Referat

Sak 3/24 Avtale om hospitering

Utvalget godkjente avtalen.

\fAvtale om hospitering
mellom Lia kommune og Elvedal sykehus HF

FORMÅL

Ansatte skal lære av hverandre.

VARIGHET

Avtalen gjelder i to år.

OPPSIGELSE

Fristen er seks måneder.

Underskrifter

Lia kommune          Elvedal sykehus HF

Etterord

Dette hører ikke til avtalen.
"""
    [part] = parts(structure(text))
    assert text[part.start : part.end].endswith("Lia kommune          Elvedal sykehus HF")
