"""Which clauses answer to which requirements: sentence by sentence, and against the gold."""

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from rdflib import Graph, Literal
from rdflib.namespace import RDF, SKOS, XSD

from ingest.citations import citations
from ingest.clause import Clause, Structure
from ingest.flow import Flow
from ingest.requirements import Claim, claims
from ingest.requirements.manner import manner
from ingest.structure import structure
from ontology import BASE, HJ, load
from ontology.topics import alternatives

TESTS = Path(__file__).parent
CORPUS = TESTS.parent / "corpus"
# The last recorded precision and recall, rounded down: folded to numbered sections and labels, and clause by clause.
# The agreements of tests/agreements were written for this test, before the search terms were made or as a test of
# them. What the first reading of each gave: Solvær, in everyday words on purpose, 1.00 and .54; Elvedal .97 and .91;
# Lauvdal (nynorsk) 1.00 and .64; Bergvik (everyday words) 1.00 and .38; Skogmo (a bad scan) .96 and .79; then, held
# back until the terms had been widened, Tindvik .96 and .93, Storvik (nynorsk, list-like) .77 and .88; last, by
# somebody who had not seen the program, Myrdal (health administration) .88 and .78, Havstein (everyday words) .95 and
# .65.
RECORDED = {
    "vestfold-samarbeidsavtale": (1.0, 1.0),
    "trondelag-samarbeidsavtale-hoering": (1.0, 1.0),
    "ahus-samarbeidsavtale": (1.0, 1.0),
    "fjordvik-samarbeidsavtale": (1.0, 1.0),
    "nordheim-samarbeidsavtale": (1.0, 1.0),
    "solvaer-samarbeidsavtale": (1.0, 1.0),
    "elvedal-samarbeidsavtale": (1.0, 1.0),
    "lauvdal-samarbeidsavtale": (1.0, 1.0),
    "bergvik-samarbeidsavtale": (1.0, 1.0),
    "skogmo-samarbeidsavtale": (1.0, 0.93),
    "tindvik-samarbeidsavtale": (1.0, 1.0),
    "storvik-samarbeidsavtale": (0.92, 1.0),
    "myrdal-samarbeidsavtale": (1.0, 0.94),
    "havstein-samarbeidsavtale": (1.0, 1.0),
}
# By the same hand as Myrdal and Havstein, and not fitted to: .97 and 1.00, .92 and .64 before the terms were widened to
# those two, then .97 and 1.00, .89 and .69. (Two rows of the list of words in passing were
# learnt from them: "medverke til" is no participation, and who leads a measure in a plan does not organise it.)
HELD_BACK = {"dalsbygd-samarbeidsavtale": (1.0, 1.0), "utvaer-samarbeidsavtale": (0.92, 0.69)}
# The gold of Havstein has one row for a section, where we have a claim for every bullet.
STRICTLY = {
    **RECORDED,
    **HELD_BACK,
    "ahus-samarbeidsavtale": (0.97, 0.97),
    "fjordvik-samarbeidsavtale": (0.97, 1.0),
    "myrdal-samarbeidsavtale": (0.97, 0.94),
    "havstein-samarbeidsavtale": (0.61, 0.96),
}
# Coverage, of the claims that are right: on first reading .95 with Lauvdal, Bergvik and Skogmo, .90 of Tindvik and
# Storvik, where two claims were too generous; .93 of Myrdal and .70 of Havstein, where three were.
COVERAGE = 0.98
# Where the last reader judged by another rule than the readers before, whose rule stands: that each measure must settle
# it covers § 6-2 second ledd; to send a link is to send, as the guidance says; nr. 2 without habilitation is answered
# in part.
OTHER_RULE = {
    "myrdal-samarbeidsavtale": {"6-2(2):organisering", "6-2:2"},
    "havstein-samarbeidsavtale": {
        "6-2(2):ansvar",
        "6-2(2):arbeidsgiver",
        "6-2(2):organisering",
        "6-2(2):finansiering",
        "6-4:innsending",
        "6-2:2",
    },
}
# What the gold file calls by one name or another.
GOLD_NAME = {"V:tredelt": "V:helsefellesskap", "V:sekretariat": "V:helsefellesskap", "V:fastlege": "V:helsefellesskap"}
Unit = tuple[int, str]


def paragraph(text: str, *cited: tuple[str, str]) -> dict[str, Claim]:
    """The claims of a text that is one paragraph, by requirement; cited are words and the path they cite."""
    whole = Structure(text, (Clause(0, len(text), 0, "paragraph", 1),), Flow.plain(text))
    spans = [(text.index(words), text.index(words) + len(words), path) for words, path in cited]
    return {claim.requirement: claim for claim in claims(whole, spans)}


@cache
def read(document: str) -> tuple[Structure, tuple[Claim, ...]]:
    path = CORPUS / f"{document}.txt"
    with (path if path.exists() else TESTS / "agreements" / path.name).open(encoding="utf-8", newline="") as stored:
        found = structure(stored.read())
    return found, claims(found, [(cited.start, cited.end, cited.target) for cited in citations(found)])


@cache
def gold(document: str) -> list[dict[str, str]]:
    path = TESTS / "agreements" / f"{document}.tsv"
    with (path if path.exists() else TESTS / "gold" / "requirements.tsv").open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))


def notation(item: str) -> str:
    return "2-1e:avtale" if item == "SPES 2-1 e" else f"6-2:{item}" if item.isdigit() else item


def folded(found: Structure, index: int) -> int:
    """The nearest numbered section or label, which is what the gold calls the clause."""
    for above in found.ancestors(index):
        clause = found.clauses[above]
        if clause.kind == "label" or (clause.kind == "section" and (clause.number or clause.level == 1)):
            return above
    return index


def units(document: str) -> tuple[set[Unit], set[Unit], set[Unit]]:
    """What was found, what should be, and what is neither right nor wrong; what the gold never names is left out."""
    found, claimed = read(document)
    known = {notation(row["item"]) for row in gold(document)}
    expected, weak, kept = set[Unit](), set[Unit](), set[int]()
    for row in gold(document):
        index = found.clause_at(int(row["start"]))
        if row["document"] != document or index is None:
            continue
        if "/" in row["clause"]:
            kept.add(index)
        place = index if index in kept else folded(found, index)
        (weak if row["strength"] == "weak" else expected).add((place, notation(row["item"])))
    predicted = set[Unit]()
    for claim in claimed:
        name = claim.requirement if claim.requirement in known else GOLD_NAME.get(claim.requirement)
        if claim.strength != "weak" and name in known:
            predicted.add((claim.clause if claim.clause in kept else folded(found, claim.clause), name))
    return predicted, expected, weak - expected


def strict_units(document: str) -> tuple[set[Unit], set[Unit], set[Unit]]:
    """The same clause by clause as we cut them, and with every requirement, also those that the gold never names."""
    found, claimed = read(document)
    known = {notation(row["item"]) for row in gold(document)}
    expected, weak = set[Unit](), set[Unit]()
    for row in gold(document):
        index = found.clause_at(int(row["start"]))
        if row["document"] == document and index is not None:
            (weak if row["strength"] == "weak" else expected).add((index, notation(row["item"])))
    predicted = {
        (
            claim.clause,
            claim.requirement if claim.requirement in known else GOLD_NAME.get(claim.requirement, claim.requirement),
        )
        for claim in claimed
        if claim.strength != "weak"
    }
    return predicted, expected, weak - expected


def scored(label: str, found: Structure, units: tuple[set[Unit], set[Unit], set[Unit]]) -> tuple[float, float]:
    """Precision and recall, printed with what differs."""
    predicted, expected, weak = units
    right, judged = predicted & expected, predicted - weak
    precision, recall = len(right) / len(judged), len(right) / len(expected)
    print(f"{label}: P {precision:.3f} ({len(right)}/{len(judged)}) R {recall:.3f} ({len(right)}/{len(expected)})")
    for sign, difference in (("+", judged - expected), ("-", expected - predicted)):
        for index, requirement in sorted(difference):
            clause = found.clauses[index]
            words = clause.title or found.text[clause.start : clause.end][:40]
            print(f"  {sign} {requirement} in {clause.number or ''} {words!r}")
    return precision, recall


@pytest.mark.gold
@pytest.mark.parametrize("document", RECORDED | HELD_BACK)
def test_claims_are_as_good_as_recorded(document: str) -> None:
    found, _ = read(document)
    precision, recall = scored(document, found, units(document))
    strict_precision, strict_recall = scored(f"{document}, strictly", found, strict_units(document))
    least = (RECORDED | HELD_BACK)[document]
    assert precision >= least[0] and recall >= least[1]
    assert strict_precision >= STRICTLY[document][0] and strict_recall >= STRICTLY[document][1]


@pytest.mark.gold
def test_coverage_is_as_good_as_recorded() -> None:
    judged, right, generous = 0, 0, 0
    for document in RECORDED:
        found, claimed = read(document)
        for row in gold(document):
            if row["document"] != document or not row.get("coverage"):
                continue
            index, start, name = found.clause_at(int(row["start"])), int(row["start"]), notation(row["item"])
            near = [
                claim
                for claim in claimed
                if claim.strength != "weak" and name in (claim.requirement, GOLD_NAME.get(claim.requirement))
                if claim.clause == index or folded(found, claim.clause) == folded(found, index or 0)
            ]
            if not near or name in OTHER_RULE.get(document, ()):
                continue
            best = min(near, key=lambda claim: (claim.clause != index, abs(claim.start - start)))
            judged += 1
            right += best.coverage in row["coverage"].split("/")
            generous += best.coverage == "covers" and "covers" not in row["coverage"]
            if best.coverage not in row["coverage"].split("/"):
                print(
                    f"  {document} {row['clause']} {name}: {best.coverage}, not {row['coverage']}: {row['quote'][:60]}"
                )
    print(f"coverage: {right / judged:.3f} ({right}/{judged}), too generous {generous}")
    assert right / judged >= COVERAGE and not generous


@pytest.mark.parametrize("document", RECORDED)
def test_every_claim_shows_its_words_in_its_own_clause(document: str) -> None:
    found, claimed = read(document)
    assert claimed == tuple(sorted(claimed, key=lambda claim: claim.clause))
    assert len({(claim.clause, claim.requirement) for claim in claimed}) == len(claimed)
    for claim in claimed:
        clause = found.clauses[claim.clause]
        assert clause.start <= claim.start < claim.end <= clause.end
        assert found.text[claim.start : claim.end].strip() == found.text[claim.start : claim.end]


@pytest.mark.parametrize(
    ("text", "requirement"),
    [
        ("Partane sitt ansvar for helse- og omsorgsoppgåver", "6-2:1"),
        ("Fordeling av oppgaver mellom partene er vist nedenfor.", "6-2:1"),
        ("Retningsliner for samarbeid om habilitering, rehabilitering og lærings- og meistringstilbod.", "6-2:2"),
        ("Kommunen peker ut koordinerende enhet, og pasienten får individuell plan.", "6-2:2"),
        ("Fastlegen henviser pasienten til poliklinikken.", "6-2:3"),
        ("Lege i kommunen tilviser pasienten til sjukehuset.", "6-2:3"),
        ("Skildring av kommunen sitt tilbod om døgnopphald for øyeblikkelig hjelp", "6-2:4"),
        ("Kommunalt tilbod om øyeblikkeleg hjelp med døgnopphald", "6-2:4"),
        ("KAD-sengene er plassert ved sykehjemmet.", "6-2:4"),
        ("Kommunen tar imot pasienter som er utskrivningsklare.", "6-2:5"),
        ("Epikrise følger pasienten.", "6-2:5"),
        ("Tilsette kan hospitere hjå kvarandre.", "6-2:6"),
        ("Partene skal holde hverandre gjensidig orientert og dele kunnskap.", "6-2:6"),
        ("Læretid og praksisplasser fordeles i mars.", "6-2:7"),
        ("Forskingssamarbeidet skal styrkjast.", "6-2:7"),
        ("Svangerskaps-, fødsels- og barselomsorga", "6-2:8"),
        ("Følgjeteneste for gravide med lang reiseveg", "6-2:8"),
        ("Samarbeid om IKT-løysingar lokalt", "6-2:9"),
        ("Meldingene sendes elektronisk over Norsk Helsenett.", "6-2:9"),
        ("Samarbeid om helsefremmande og førebyggjande arbeid", "6-2:10"),
        ("Frisklivssentralen tar imot henviste.", "6-2:10"),
        ("Den akuttmedisinske kjeda skal henge saman.", "6-2:11"),
        ("Omforente beredskapsplaner øves årlig.", "6-2:11"),
        ("Ved store ulykker åpner kommunen et senter.", "6-2:11"),
        ("Kommunen leder arbeidet ved ulykker.", "6-2:11"),
        ("Partene lager hvert år en felles plan.", "6-2:12"),
        ("Partane har ein felles plan for tenestene.", "6-2:12"),
        ("Tenestene skal planleggjast og utviklast saman.", "6-2:12"),
        ("Barn og unge med samansette vanskar får éin plan.", "6-2:13"),
        ("Avtalen skal klargjøre ansvarsforholdene i hvert samarbeidstiltak.", "6-2(2):ansvar"),
        ("Arbeidsgjevaransvaret ligg hos kommunen.", "6-2(2):arbeidsgiver"),
        ("Samarbeidstiltak organiseres som prosjekt.", "6-2(2):organisering"),
        ("Kvar part dekkjer sine eigne utgifter.", "6-2(2):finansiering"),
        ("Kommunane er pålagde å inngå samarbeidsavtale.", "6-1:plikt"),
        ("Kommunestyret sjølv vedtek avtalen.", "6-1:godkjenning"),
        ("Avtalen skal medverke til at brukarane får eit heilskapleg tilbod.", "6-1:formål"),
        ("Brukarorganisasjonane skal medverke når avtalen blir laga.", "6-1:medvirkning"),
        ("Avtalen sendes Helsedirektoratet av RHF-et.", "6-4:innsending"),
        ("Avtalen ligger på sykehusets nettside.", "6-4:publisering"),
        ("Partane går gjennom avtalen kvart år.", "6-5:gjennomgang"),
        ("Avtalen kan seiast opp med eitt års frist.", "6-5:oppsigelse"),
        ("Kommunen betaler for utskrivningsklare pasienter fra dag én.", "11-4:utskrivningsklare"),
        ("Samarbeidet er organisert på tre nivåer.", "V:tredelt"),
        ("Partene har et strategisk samarbeidsutvalg og faglige samarbeidsutvalg.", "V:tredelt"),
        ("Sykehuset er sekretariat for utvalgene.", "V:sekretariat"),
        ("Fastlegane skal vere representerte i utvala.", "V:fastlege"),
        ("Usemje skal løysast lokalt.", "V:uenighet"),
        ("Private aktører som har avtale med en av partene, er bundet av denne.", "V:private"),
        ("Endringer kan godkjennes av kommunedirektøren.", "V:endringsmyndighet"),
        ("Ordføraren underteiknar avtalen.", "V:signatur"),
        ("Avtalen skal gjøres kjent for de ansatte.", "V:forankring"),
        ("Brukarutvalet handsamar utkastet.", "V:brukerutvalg"),
        ("Noen kommuner møter på vegne av flere.", "V:samordning"),
        ("Begge parter arkiverer avtalen.", "V:arkivering"),
        # As people say it.
        ("Lova seier at kommunen og føretaket skal ha ein avtale seg imellom.", "6-1:plikt"),
        ("Kommunestyret må selv ta stilling til avtalen.", "6-1:godkjenning"),
        ("Ingen skal falle mellom to stoler.", "6-1:formål"),
        ("Pasienten skal slippe å være kasteball mellom kommune og sykehus.", "6-1:formål"),
        ("Pasientar og pårørande har vore med og laga avtalen.", "6-1:medvirkning"),
        ("Er det tvil om hvem som har ansvaret, skal pasienten få hjelp først.", "6-2:1"),
        ("Etter hjerneslag holder vi fram med treningen hjemme.", "6-2:2"),
        ("Legen som vil legge inn en pasient, ringer først.", "6-2:3"),
        ("På sykehjemmet står to senger klare for den som plutselig blir dårlig.", "6-2:4"),
        ("Ingen skal reise heim frå sjukehuset om natta.", "6-2:5"),
        ("Tilsette kan vere på besøk hos kvarandre i ei veke.", "6-2:6"),
        ("Leger i spesialisering kan ha tjeneste i kommunen.", "6-2:7"),
        ("Dei som har ansvar for datasystema, møtest kvar månad.", "6-2:9"),
        ("Vi hjelper folk å slutte å røyke.", "6-2:10"),
        ("Planane for kriser er samkøyrde.", "6-2:11"),
        ("Vi lager en plan for de neste fire årene sammen.", "6-2:12"),
        ("Ungdom som har det vanskeleg på fleire område, får eitt team rundt seg.", "6-2:13"),
        ("Set vi i gang noko saman, skriv vi ned kven som har ansvaret.", "6-2(2):ansvar"),
        ("De ansatte beholder arbeidsgiveren sin.", "6-2(2):arbeidsgiver"),
        ("Vi deler på regningen.", "6-2(2):finansiering"),
        ("Helsedirektoratet skal ha et eksemplar av avtalen.", "6-4:innsending"),
        ("Alle kan lese avtalen på nettsidene våre.", "6-4:publisering"),
        ("Hver januar leser vi gjennom avtalen.", "6-5:gjennomgang"),
        ("Partene kan tre ut av avtalen med ett års skriftlig varsel.", "6-5:oppsigelse"),
        ("Kvar av oss kan gå ut av avtala når vi seier frå eitt år før.", "6-5:oppsigelse"),
        ("Må pasienten vente, får kommunen regning for døgnene.", "11-4:utskrivningsklare"),
        ("Sykehuset kaller inn til møtene og skriver referat.", "V:sekretariat"),
        ("Dei som driv sjukeheimar for kommunen, er bundne av avtala.", "V:private"),
        ("Vedleggene kan endres av utvalget uten ny behandling.", "V:endringsmyndighet"),
        ("Avtalen lagres i sakssystemet.", "V:arkivering"),
    ],
)
def test_a_sentence_is_held_to_answer_to_a_requirement(text: str, requirement: str) -> None:
    claim = paragraph(text)[requirement]
    assert claim.strength != "weak"
    assert text[claim.start : claim.end]


@pytest.mark.parametrize(
    ("text", "requirement"),
    [
        ("Det henvises til avtalen.", "6-2:3"),
        ("Faste representanter deltar på alle nivåer.", "V:fastlege"),
        ("Nasjonal samhandlingsplan ligger til grunn.", "6-2:12"),
        ("Avtalen om helsefellesskap erstatter ikke de lovpålagte samarbeidsavtalene.", "6-1:plikt"),
        ("Eldre, barn og unge skal prioriteres.", "6-2:13"),
        ("God informasjonsflyt og læring er viktig.", "6-2:6"),
        ("Arbeidet skal forebygge misforståelser.", "6-2:10"),
        ("Partene revideres av samme revisor.", "6-5:gjennomgang"),
        ("Utdanningsinstitusjoner kan inviteres.", "6-2:7"),
        ("Kostnadseffektive tjenester er et mål.", "6-2(2):finansiering"),
        ("Kommunen deler tall om skader og ulykker med sykehuset.", "6-2:11"),
        ("Sjukehuset gir kommunen tal om skadar og ulukker.", "6-2:11"),
        ("Partene lager en felles plan for barn som trenger hjelp fra flere.", "6-2:12"),
        ("Partane lagar ein felles plan for barnet.", "6-2:12"),
        ("Sjåføren er utdannet til å følge fødende.", "6-2:7"),
        ("Kurs for pasienter holdes på sykehuset og i kommunen.", "6-2:6"),
        ("Kurset holdes ved kommunens frisklivssentral.", "6-2:10"),
        ("Koordinatoren skal være utpekt av kommunen før hjemreise.", "6-2:5"),
        ("Fastlegene velger én til det strategiske utvalget og én til hvert fagutvalg.", "V:tredelt"),
        ("Partene er uenige om hvem som skal betale.", "6-2(2):finansiering"),
        ("Kommunen legger fram planen innen mai.", "6-2:3"),
        ("Legevakten kan legge inn pasienter i de fire sengene på helsehuset.", "6-2:3"),
        ("Avtala skal medverke til at pasientane får heilskaplege tenester.", "6-1:medvirkning"),
        ("Planen nevner ansvarlig leder for hvert tiltak.", "6-2(2):organisering"),
    ],
)
def test_a_word_in_passing_is_at_most_weak(text: str, requirement: str) -> None:
    assert requirement not in (found := paragraph(text)) or found[requirement].strength == "weak"


@pytest.mark.parametrize(
    ("words", "path", "requirement"),
    [
        ("§ 6-1", "lov/2011-06-24-30/par-6-1", "6-1:plikt"),
        ("§ 6-2", "lov/2011-06-24-30/par-6-2", "6-2:generelt"),
        ("§ 6-2 første ledd", "lov/2011-06-24-30/par-6-2/ledd-1", "6-2:generelt"),
        ("§ 6-2 nr. 8", "lov/2011-06-24-30/par-6-2/ledd-1/nr-8", "6-2:8"),
        ("§ 2-1 e fjerde ledd", "lov/1999-07-02-61/par-2-1e/ledd-4", "2-1e:avtale"),
    ],
)
def test_a_cited_provision_is_explicit_evidence(words: str, path: str, requirement: str) -> None:
    found = paragraph(f"Dette følger av {words} i loven.", (words, path))
    assert found.keys() == {requirement}
    # To name the section is to make the agreement under it; it is not to say what an item of § 6-2 demands.
    assert (found[requirement].strength, found[requirement].coverage) == (
        "explicit",
        "mentions" if requirement.startswith("6-2") else "covers",
    )


@pytest.mark.parametrize(
    ("words", "path"),
    [
        ("§ 6-2 andre ledd", "lov/2011-06-24-30/par-6-2/ledd-2"),
        ("§ 6-4", "lov/2011-06-24-30/par-6-4"),
        ("§ 3-1", "lov/2011-06-24-30/par-3-1"),
        ("hol.", "lov/2011-06-24-30"),
        ("https://lovdata.no/lov/2011-06-24-30/§6-1", "lov/2011-06-24-30/par-6-1"),
    ],
)
def test_a_citation_that_does_not_say_which_requirement_is_no_evidence(words: str, path: str) -> None:
    assert not paragraph(f"Dette følger av {words} i loven.", (words, path))


def test_a_citation_makes_a_topic_sure() -> None:
    text = "Avtalen evalueres årlig, jf. hol. § 6-5."
    assert paragraph(text)["6-5:gjennomgang"].strength == "topical"
    assert paragraph(text, ("hol. § 6-5", "lov/2011-06-24-30/par-6-5"))["6-5:gjennomgang"].strength == "explicit"


def test_the_name_of_an_act_is_not_about_its_matter() -> None:
    text = "Kommunen følger lov om folkehelsearbeid."
    assert "6-2:10" in paragraph(text)
    assert "6-2:10" not in paragraph(text, ("lov om folkehelsearbeid", "lov/2011-06-24-29"))


def test_a_list_of_matters_names_them_and_may_leave_them_to_other_documents() -> None:
    text = (
        "1 Parter\n\nPartene er to.\n\n2 Samarbeidsområder\n\nAvtalen skal minst omfatte følgende områder:\n\n"
        "1. Oppgaver\n\n2. Pasientforløp\n\n3. Innleggelse\n\n4. Samarbeid om beredskap\n\n"
        "Nærmere regler er gitt i egne retningslinjer.\n\n3 Varighet\n\nTo år.\n"
    )
    found = structure(text)
    claimed = {(found.clauses[claim.clause].number, claim.requirement): claim for claim in claims(found, [])}
    assert (
        claimed["2", "6-2:2"].strength
        == claimed["3", "6-2:3"].strength
        == claimed["4", "6-2:11"].strength
        == "explicit"
    )
    assert {claim.coverage for claim in claimed.values()} == {"delegates"}


@pytest.mark.parametrize(
    ("text", "coverage"),
    [
        ("Samarbeidet om jordmortjenester er beskrevet i egen delavtale.", "delegates"),
        ("Partene samarbeider om jordmortjenester. Nærmere regler finnes i vedlegg 8.", "delegates"),
        ("Bruk av kjernejournal er regulert i eigen delavtale.", "delegates"),
        ("Jordmor i kommunen har vakt annenhver uke.", "covers"),
        ("Gravide er en prioritert gruppe.", "mentions"),
    ],
)
def test_coverage_tells_how_the_clause_deals_with_the_matter(text: str, coverage: str) -> None:
    assert {claim.coverage for claim in paragraph(text).values()} == {coverage}


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("Jordmora har vakt annakvar veke.", "settles"),
        ("For hvert barn oppnevner kommunen en koordinator.", "settles"),
        ("Tilsette kan hospitere hos den andre parten.", "settles"),
        ("Partane pliktar å halde kvarandre orienterte.", "settles"),
        ("Dersom partane ikkje blir samde, går saka til leiarane.", "settles"),
        ("Partene skal bidra til forebygging.", "aims"),
        ("Partane ønskjer å førebyggje sjukdom.", "aims"),
        ("Planlegging skal så langt det lar seg gjøre skje i fellesskap.", "aims"),
        ("Partene er enige om å samarbeide om forskning.", "aims"),
        ("Virksomhetene skal sikre gode overganger.", "secures"),
        ("Partene skal utarbeide retningslinjer for innleggelse.", "promises"),
        ("Planer for den akuttmedisinske kjeden avklares senere.", "promises"),
        ("Tilbodet skal opprettast innan 2027.", "promises"),
        ("Innleggelse reguleres i delavtale 3.", "refers"),
        ("Korleis meldingar blir sende, står i vedlegg 2.", "refers"),
        ("Nærare føresegner er gitt i eigen rutine.", "refers"),
        ("Forebygging er viktig.", "names"),
        ("Barn og unge er en prioritert gruppe.", "names"),
        ("Avtalen gir overordnede bestemmelser om ansvar.", "names"),
        ("Innbyggerne skal oppleve helhetlige tjenester.", "names"),
        ("Dette følger av loven.", "names"),
        ("Avtalen omfatter ikke jordmortjenester.", "denies"),
        ("Partene har ikke avtale om forskning.", "denies"),
    ],
)
def test_a_sentence_is_told_by_what_it_does_with_its_matter(text: str, how: str) -> None:
    documents = ("delavtale", "vedlegg", "rutine", "retningslinje")
    assert manner(text, len(text) // 2, names_documents=any(name in text for name in documents)) == how


def test_an_item_of_several_parts_is_covered_when_the_clauses_together_settle_them_all() -> None:
    half = "Sykehuset tar imot studenter i praksis, og lærlingene bytter arbeidsplass."
    assert paragraph(half)["6-2:7"].coverage == "partly"
    assert paragraph(f"{half} Forskningsprosjekter ledes av partene annethvert år.")["6-2:7"].coverage == "covers"


@pytest.mark.parametrize(
    ("text", "requirement", "coverage"),
    [
        ("Avtalen kan ikke sies opp.", "6-5:oppsigelse", "contradicts"),
        ("Avtalen kan ikke sies opp med kortere varsel uten at begge er enige.", "6-5:oppsigelse", "covers"),
        ("Hver av oss kan gå ut av avtalen med seks måneders varsel.", "6-5:oppsigelse", "contradicts"),
        ("Avtalen kan seiast opp med tolv månaders varsel.", "6-5:oppsigelse", "covers"),
        ("Avtalen ligger åpent på nettsidene.", "6-4:publisering", "covers"),
        ("Sekretariatet ligger hos helseforetaket.", "V:sekretariat", "covers"),
        ("Partene ser på tidlig innsats som avgjørende.", "6-2:10", "mentions"),
        ("Avtalen skal ikkje publiserast.", "6-4:publisering", "contradicts"),
        # The duty of § 6-1 and its aim are answered by being stated.
        ("Avtalen skal bidra til et helhetlig tilbud.", "6-1:formål", "covers"),
        # § 6-2 second ledd is answered measure by measure.
        ("For hvert tiltak skal det inngås avtale om arbeidsgiveransvaret.", "6-2(2):arbeidsgiver", "covers"),
        ("Partene er enige om hvem som har ansvar for hvilke oppgaver.", "6-2:1", "partly"),
    ],
)
def test_coverage_follows_what_the_law_asks_of_each_requirement(text: str, requirement: str, coverage: str) -> None:
    assert paragraph(text)[requirement].coverage == coverage


def test_english_terms_are_for_questions_and_find_nothing_in_an_agreement() -> None:
    assert not paragraph("The parties cooperate on admission, midwife services and prevention.")


def test_a_figure_in_a_scanned_word_is_a_letter() -> None:
    assert paragraph("Pasienten har inn1eggelse i sykehus, og avta1en gje1der.")["6-2:3"].strength == "explicit"


@pytest.mark.parametrize(
    ("text", "strength"),
    [
        ("2 Barn og unge\n\nHver part har en kontaktperson.", "topical"),
        ("2 Eldre, barn og unge, rus og psykiatri\n\nDisse prioriteres.", "weak"),
        ("2 Barn og unge\n\n2.1 Kontakt\n\nHver part har en kontaktperson.", "topical"),
        ("2 Barn og unge\n\n2.1 Barnekoordinator\n\nKommunen har en barnekoordinator.", "weak"),
    ],
)
def test_a_heading_is_about_what_makes_up_most_of_it(text: str, strength: str) -> None:
    text = f"1 Parter\n\nPartene er to.\n\n{text}\n\n3 Varighet\n\nTo år.\n"
    read = structure(text)
    claim, *_ = [claim for claim in claims(read, []) if claim.requirement == "6-2:13"]
    assert claim.strength == strength
    assert "barn og unge" in (read.clauses[claim.clause].title or "").lower()


@pytest.mark.parametrize(
    ("text", "requirement", "coverage", "quote"),
    [
        ("2 Barn og unge\n\nHver part har en kontaktperson.", "6-2:13", "covers", "Hver part har en kontaktperson."),
        (
            "2 Plan\n\nPartene skal utvikle tjenestene i fellesskap. Utviklingsplanen drøftes i ledermøtet hvert år, "
            "og helse- og omsorgsplanen sendes på høring.",
            "6-2:12",
            "covers",
            "Utviklingsplanen drøftes i ledermøtet hvert år, og helse- og omsorgsplanen sendes på høring.",
        ),
        # Nobody does anything in these.
        (
            "2 Tilbud\n\nBarn og unge med sammensatte vansker får tjenester fra begge forvaltningsnivåer.",
            "6-2:13",
            "mentions",
            "Barn og unge med sammensatte vansker får tjenester fra begge forvaltningsnivåer.",
        ),
        # What only names the levels may be a heading.
        ("2 Partnerskapsmøtet\n\nOrdførerne møtes i mars.", "V:tredelt", "covers", "2 Partnerskapsmøtet"),
    ],
)
def test_evidence_is_the_sentence_that_settles_the_matter(
    text: str, requirement: str, coverage: str, quote: str
) -> None:
    text = f"1 Parter\n\nPartene er to.\n\n{text}\n\n3 Varighet\n\nTo år.\n"
    [claim] = [claim for claim in claims(structure(text), []) if claim.requirement == requirement]
    assert (claim.coverage, text[claim.start : claim.end]) == (coverage, quote)


@pytest.mark.parametrize(
    ("text", "requirement", "coverage"),
    [
        # A change of the matter, a limit, a committee for it: none of them is the matter.
        ("Endringer i oppgavefordelingen skal avtales skriftlig.", "6-2:1", "mentions"),
        ("Private er med så langt oppgavefordelingen mellom partene rekker.", "6-2:1", "mentions"),
        ("Det opprettes et faglig samarbeidsutvalg for barn og psykisk helsevern.", "6-2:13", "partly"),
        # § 6-2 nr. 4 asks for a description of the service.
        ("Kommunen skal tilby legevakt og døgnopphold for øyeblikkelig hjelp.", "6-2:4", "partly"),
        ("Kommunen skal tilby to sengeplasser for øyeblikkelig hjelp på sykehjemmet.", "6-2:4", "covers"),
        # § 6-2 nr. 5 asks for cooperation, of which the letter of discharge is a part.
        ("Sykehuset sender epikrise når pasienten reiser hjem.", "6-2:5", "partly"),
        ("Sykehuset varsler kommunen om utskrivningsklare pasienter.", "6-2:5", "covers"),
    ],
)
def test_what_stands_beside_a_matter_does_not_settle_it(text: str, requirement: str, coverage: str) -> None:
    assert paragraph(text)[requirement].coverage == coverage


@pytest.mark.parametrize(
    ("text", "requirement"),
    [
        ("Avtalen ligger på nett. Vi ser på den hver høst.", "6-5:gjennomgang"),
        ("Avtalen er vedtatt. Den gjelder fra mai. Kvar part kan seie han opp med eitt års frist.", "6-5:oppsigelse"),
    ],
)
def test_a_sentence_goes_on_about_what_it_calls_it(text: str, requirement: str) -> None:
    assert paragraph(text)[requirement].strength != "weak"


def test_naming_the_chapter_on_agreements_is_naming_the_duty_to_agree() -> None:
    found = paragraph("Avtalen bygger på hol. kapittel 6.", ("hol. kapittel 6", "lov/2011-06-24-30/kap-6"))
    assert (found["6-1:plikt"].strength, found["6-1:plikt"].coverage) == ("explicit", "covers")
    act = "helse- og omsorgstjenesteloven"
    assert paragraph(f"Avtalen er hjemlet i {act}.", (act, "lov/2011-06-24-30"))["6-1:plikt"].strength == "topical"
    assert "6-1:plikt" not in paragraph(f"Kommunen følger {act}.", (act, "lov/2011-06-24-30"))


def test_who_stands_ready_is_no_emergency_plan() -> None:
    assert "6-2:11" not in paragraph("Kommunen har jordmor i beredskap.")
    assert "6-2:11" in paragraph("Partene samarbeider om beredskap.")


def test_a_long_sentence_is_quoted_by_the_part_that_says_it() -> None:
    filling = ", ".join(["mange andre ting som ikke betyr noe her"] * 8)
    text = f"Partene er enige om {filling}, at jordmor deltar i vaktordningen, og om {filling}."
    claim = paragraph(text)["6-2:8"]
    assert text[claim.start : claim.end] == "at jordmor deltar i vaktordningen"


def test_a_text_without_anything_to_find_gives_no_claims() -> None:
    assert claims(Structure("", (), Flow.plain("")), []) == ()
    assert not paragraph("Møtet startet klokka ni.")


# --- the list of requirements itself ---


def requirements() -> Iterator[tuple[str, Graph]]:
    for requirement, name in load().subject_objects(SKOS.notation):
        if (requirement, RDF.type, HJ.Requirement) in load():
            own = Graph()
            own += load().triples((requirement, None, None))
            yield str(name), own


ALL = dict(requirements())


def test_the_list_holds_every_requirement_of_the_gold() -> None:
    items = {notation(row["item"]) for row in gold("ahus-samarbeidsavtale")} - {"V:helsefellesskap"}
    assert items <= ALL.keys()
    assert {f"6-2:{number}" for number in range(1, 14)} <= ALL.keys()


@pytest.mark.parametrize("name", sorted(ALL))
def test_a_requirement_is_complete(name: str) -> None:
    own = ALL[name]
    [iri] = set(own.subjects())
    assert str(iri).startswith(f"{BASE}requirement/") and str(iri).isascii()
    assert {label.language for label in own.objects(iri, SKOS.prefLabel) if isinstance(label, Literal)} == {
        "nb",
        "nn",
        "en",
    }
    assert {text.language for text in own.objects(iri, SKOS.definition) if isinstance(text, Literal)} == {"nb", "en"}
    [basis] = own.objects(iri, HJ.legalBasis)
    assert (basis, RDF.type, HJ.Provision) in load()
    [strength], [kind] = own.objects(iri, HJ.strength), own.objects(iri, HJ.requirementKind)
    assert strength in {HJ.Obligation, HJ.Recommendation, HJ.Permission}
    assert kind in {HJ.Content, HJ.Conduct, HJ.GuidanceAdvice}
    assert (kind == HJ.GuidanceAdvice) == (not set(own.objects(iri, HJ.appliesFrom)))
    terms = [
        term
        for relation in (HJ.explicitTerm, HJ.searchTerm, HJ.weakTerm)
        for term in own.objects(iri, relation)
        if isinstance(term, Literal)
    ]
    assert {"nb", "nn"} <= {term.language for term in terms} <= {"nb", "nn", "en"}
    assert all(label for term in terms for part in alternatives(str(term)) for label in part)


def test_items_twelve_and_thirteen_apply_from_2022() -> None:
    late = {name for name, own in ALL.items() if Literal("2022-08-01", datatype=XSD.date) in set(own.objects())}
    assert late == {"6-2:12", "6-2:13"}
    assert len({str(order) for own in ALL.values() for order in own.objects(None, HJ.order)}) == len(ALL)


@pytest.mark.parametrize(
    ("text", "coverage"),
    [
        ("Avtalen omfatter ikke jordmortjenester.", "contradicts"),
        ("Jordmortenester er ikkje omfatta av avtalen.", "contradicts"),
        ("Partene samarbeider om jordmortjenester, og ikke bare ved fødsel.", "partly"),
        ("Dersom avtalen ikke omfatter jordmortjenester, gjelder loven.", "mentions"),
    ],
)
def test_what_is_kept_out_of_an_agreement_is_not_in_it(text: str, coverage: str) -> None:
    assert paragraph(text)["6-2:8"].coverage == coverage


@pytest.mark.parametrize(
    ("text", "coverage"),
    [
        ("Partene skal utarbeide retningslinjer for innleggelse i sykehus.", "partly"),
        ("Partene skal ha retningslinjer for innleggelse i sykehus.", "partly"),
        ("Innleggelse i sykehus er regulert i egen retningslinje.", "delegates"),
    ],
)
def test_a_promise_of_guidelines_is_a_part_of_them(text: str, coverage: str) -> None:
    assert paragraph(text)["6-2:3"].coverage == coverage
