"""What stands apart from the words around it: footnotes, signature blocks, tables."""

import pytest

from ingest.clause import Clause
from ingest.iri import clause_paths, places
from ingest.structure import structure

Told = tuple[str, str | None, str, int | None]


def clauses(text: str, *kinds: str) -> list[Clause]:
    return [clause for clause in structure(text).clauses if not kinds or clause.kind in kinds]


def told(text: str) -> list[Told]:
    found = structure(text)
    return [(one.kind, one.number, text[one.body : one.end], one.parent) for one in found.clauses]


@pytest.mark.parametrize(
    ("text", "note", "holder"),
    [
        # at the foot of a page
        ("1 Mål\nBarn skal prioriteres.1\n\n1 Jf. nasjonal plan.\n\f2 Tid\nEtt år.\n", "Jf. nasjonal plan.", 0),
        # at the end of the text, below the signatures, its number alone on its line
        (
            "1 Mål\nEtter «Avtale om helse1» skal alt skje.\n\nDato:      Dato:\nLia kommune      Fjell HF\n\n"
            "1 \n Avtale om\nhelse",
            "Avtale om\nhelse",
            0,
        ),
        # glued to its number
        ("1 Mål\nBarn skal prioriteres.1\n\n1Jf. nasjonal plan.\n\f2 Tid\nEtt år.\n", "Jf. nasjonal plan.", 0),
        # a page number between the note and the next page
        ("1 Mål\nBarn skal prioriteres1.\n\n1 Jf. nasjonal plan.\n\n3\n\f2 Tid\nEtt år.\n", "Jf. nasjonal plan.", 0),
        # over two lines
        (
            "1 Mål\nBarn skal prioriteres.1\n\n"
            "1 Slik det er bestemt i den nasjonale planen for helse og\nsamhandling.\n\f2 Tid\nÅr.\n",
            "Slik det er bestemt i den nasjonale planen for helse og\nsamhandling.",
            0,
        ),
        # no pages at all, and the mark in a list item
        ("1 Mål\nVi skal\n• møtes ofte1\n• dele\n\n2 Tid\nEtt år.\n\n1) Minst to ganger.\n", "Minst to ganger.", 1),
        # no mark was found, but a line across the page tells
        ("1 Mål\nBarn skal prioriteres.\n\n__________\n1 Jf. plan.\n\f2 Tid\nEtt år.\n", "Jf. plan.", None),
    ],
)
def test_a_footnote_is_a_clause_under_the_one_that_holds_its_mark(text: str, note: str, holder: int | None) -> None:
    assert ("footnote", "1", note, holder) in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "Vi har LIS1 og\n1 lege\n2 sykepleiere\n",
        "Avtale\n\nSe vedlegg for barn1 her.\n\n1 Bakgrunn\nPartene samarbeider.\n\n2 Formål\nMer av alt.\n",
        "Utvalget har\n\n1 kommunedirektør fra hver region\n\f1 kommunalsjef\n",
        "Se kap.1 i avtalen og nr.1 i loven.\n\n1 Formål\n\fPartene samarbeider.\n",
    ],
)
def test_a_number_without_a_mark_in_the_text_opens_no_footnote(text: str) -> None:
    assert clauses(text, "footnote") == []


def test_each_mark_has_one_note_and_each_document_counts_from_one() -> None:
    text = (
        "Barn først.1 Eldre etterpå.2\n\n1 Jf. plan.\n2 Jf. vedtak.\n\fKvinner også.1\n\n1 Jf. lov.\n\f2 Tid\nEtt år.\n"
    )
    assert [text[one.body : one.end] for one in clauses(text, "footnote")] == ["Jf. plan.", "Jf. vedtak.", "Jf. lov."]


def test_the_mark_of_a_footnote_is_no_part_of_the_words() -> None:
    text = "1 Utvalget\nUtvalget er stort.\n\nSammensetning1\n\nLederen velges for to år.2 Vervet går på omgang.\n\n"
    text += "1 Vedtatt i mai.\n2 Ny i år.\n"
    found = structure(text)
    assert "for to år. Vervet" in found.flow.text
    assert [one.title for one in found.clauses if one.title] == ["Utvalget", "Sammensetning"]
    assert text[found.flow.offsets[found.flow.text.index("Vervet")] :].startswith("Vervet")


def test_a_sentence_that_a_footnote_parts_stays_out_of_the_footnote() -> None:
    text = "1 Mål\nPartene skal møtes i hele området1 og skal dele\n\n1 Alle kommuner.\n\fkunnskap med hverandre.\n"
    assert told(text)[1:] == [
        ("footnote", "1", "Alle kommuner.", 0),
        ("paragraph", None, "kunnskap med hverandre.", 0),
    ]


@pytest.mark.parametrize(
    ("signed", "parent"),
    [
        ("Dato:        Dato:\n\nLia kommune      Fjell sykehus HF", None),
        ("Dato:       Dato:\n\nKommunedirektør     Administrerende direktør\nLia kommune      Fjell sykehus HF", None),
        ("Sted, dato: _________\n\nFor Lia kommune\n\n____________\nordfører\n\nFor Fjell HF\n\n___________", None),
        ("Stad/dato            Stad/dato\n..........           ..........\nLia kommune          Helse Fjell HF", None),
        ("For Lia kommune            For Helse Fjell HF\n\nordførar                   direktør", None),
        ("Lia, 3. mai 2024           Fjell, den 4. mai 2024\n\nLia kommune                Helse Fjell HF", None),
        ("Underskrifter\n\nLia kommune\n\nFjell sykehus HF", 1),
        ("2 Underskrift\n\nXxxxx kommune      Fjell universitetssykehus HF", 1),
    ],
)
def test_the_lines_where_the_parties_sign_are_one_clause_apart_from_the_last_chapter(
    signed: str, parent: int | None
) -> None:
    text = f"1 Varighet\nAvtalen gjelder til den sies opp av en av partene.\n\n{signed}\n"
    [found] = clauses(text, "signature")
    assert found.end == len(text) - 1
    assert found.parent == parent
    assert text[: structure(text).clauses[0].end].endswith("partene.")


@pytest.mark.parametrize(
    "text",
    [
        "Referat fra møte\n\nDato: 4. mai 2023\nSted: Lia kommune\nTil stede: ordfører\n\nSaken ble drøftet.\n",
        "SAMARBEIDSAVTALE\nmellom\nLia kommune\nog\nFjell sykehus HF\n\n1 Formål\nPartene samarbeider.\n",
        "Oppgave      Kommune      Helseforetak\nVarsling     ja           nei\nOpplæring    ja           ja\n",
        "Avtalen er inngått mellom Lia kommune og Fjell sykehus HF. Dato for ikrafttredelse er 1. mai.\n",
    ],
)
def test_a_field_a_title_page_or_a_table_is_not_signed(text: str) -> None:
    assert clauses(text, "signature") == []


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        ("Oppgave      Kommune      Foretak\nVarsling     mottar       varsler\nPlan         begge        begge", 3),
        # a list of cases, with a cell that goes on
        (
            "Sak       Tittel         Ansvar\n1/24      Møteplan       Leder\n          og steder\n2/24      Annet",
            4,
        ),
        # the versions of a document, blanks collapsed, cells over several lines
        (
            "Versjon Dato Kapittel Endring\n\n2 Juni 2013 5 Former\n\n3 Juli 2015 10 Nemnd\n\nVarsling\n\n4 2022 Alle",
            5,
        ),
        ("Utgåve    Dato          Endring       Godkjent av\n1.0       01.02.2020    Ny avtale     Kommunestyret", 2),
        # a plan of meetings whose empty cells are lost
        ("januar februar mars april mai juni\n\nAU 20    11    14  9\n\nSSU  2    1   28\n\nPM      16", 4),
        ("Tema         Ansvar\nVarsling     sykehuset\nMottak       kommunen", 3),
    ],
)
def test_a_table_is_one_clause_with_a_row_on_each_line(table: str, rows: int) -> None:
    text = f"1 Arbeid\nArbeidet er delt slik som her:\n\n{table}\n\n2 Tid\nAvtalen gjelder i ett år.\n"
    [found] = clauses(text, "table")
    assert text[found.start : found.end] == table
    assert len([line for line in text[found.start : found.end].splitlines() if line.strip()]) == rows
    assert [one.title for one in structure(text).clauses if one.title] == ["Arbeid", "Tid"]
    flow = structure(text).flow.text.splitlines()
    assert [" ".join(row.split()) for row in flow[2:-2]] == [" ".join(row.split()) for row in table.splitlines() if row]


@pytest.mark.parametrize(
    "text",
    [
        "1.        Formål\nPartene samarbeider.\n\n2.        Ansvar\nPartene deler.\n",
        "1\tFormål\nPartene samarbeider.\n\n2\tAnsvar\nPartene deler.\n",
        "Partene skal:\n-     dele kunnskap\n-     møtes ofte\n-     varsle\n",
        "Partene   skal samarbeide   om mye\nog de   skal møtes hvert   år i mai.\n",
        "Lia kommune              Fjell sykehus HF\n",
    ],
)
def test_words_set_far_apart_are_not_always_a_table(text: str) -> None:
    assert clauses(text, "table") == []


def test_what_stands_apart_has_a_name_and_a_place_of_its_own() -> None:
    text = "1 Tid\nEtt år fra vedtaket.1\n\nA       B       C\n1       2       3\n\n"
    text += "Dato:      Dato:\nLia kommune      Fjell HF\n\n"
    found = structure(text + "1 Vedtatt i mai.\n")
    assert clause_paths(found) == ["1", "1/tabell-1", "underskrift", "1/fotnote-1"]
    assert places(found) == ["kap. 1", "kap. 1 tabell 1", "underskrift", "kap. 1 fotnote 1"]
