"""The same agreement says the same, whether it is given as text, PDF, Word document or web page."""

from html import escape
from pathlib import Path

import docx
import pytest
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import ListFlowable, ListItem, Paragraph, SimpleDocTemplate, Spacer, Table

from ingest.citations import citations
from ingest.readers.file import read_file
from ingest.requirements import claims
from ingest.structure import structure

Part = tuple[str, str | list[str] | list[list[str]]]

# Written for this test: no helsefellesskap has signed it.
BOKMAL: list[Part] = [
    ("title", "Overordnet samarbeidsavtale"),
    ("text", "mellom Granvik kommune og Fjelltun sykehus HF"),
    ("heading", "1. Formål og bakgrunn"),
    (
        "text",
        "Avtalen er inngått etter helse- og omsorgstjenesteloven § 6-1 første ledd og spesialisthelsetjenesteloven "
        "§ 2-1 e. Den skal bidra til at innbyggerne får helhetlige og sammenhengende tjenester, uansett hvem "
        "av partene som har ansvaret for den enkelte tjenesten.",
    ),
    ("text", "Partene er likeverdige. De skal løse oppgavene så nær innbyggeren som mulig, og de skal dele kunnskap."),
    ("heading", "2. Områder for samarbeidet"),
    ("text", "Partene skal samarbeide om:"),
    (
        "bullets",
        [
            "innleggelse i sykehus og utskrivning av pasienter som trenger kommunale tjenester senere, jf. § 6-2 nr. 5",
            "gjensidig kunnskapsoverføring, faglige nettverk og hospitering",
            "samarbeid om forskning, utdanning, praksis og læretid",
            "omforente beredskapsplaner og planer for den akuttmedisinske kjeden",
        ],
    ),
    ("heading", "2.1 Utskrivningsklare pasienter"),
    (
        "text",
        "Sykehuset skal varsle kommunen innen 24 timer etter innleggelsen dersom pasienten antas å ha behov for "
        "kommunale helse- og omsorgstjenester etter utskrivning. Kommunen bør svare samme dag. Betaling følger "
        "forskrift om kommunal betaling for utskrivningsklare pasienter § 13.",
    ),
    ("heading", "2.2 Jordmortjenester"),
    (
        "text",
        "Kommunen har ansvar for følgetjenesten for gravide som har mer enn halvannen times reisevei til fødested.",
    ),
    ("heading", "3. Organisering"),
    ("text", "Samarbeidet ledes av et strategisk utvalg. Utvalget har disse oppgavene:"),
    (
        "numbers",
        [
            "godkjenne delavtaler og retningslinjer som partenes fagfolk har lagt fram",
            "behandle uenighet som ikke er løst der den oppsto",
            "rapportere til partnerskapsmøtet en gang i året",
        ],
    ),
    ("heading", "4. Frister"),
    (
        "table",
        [
            ["Hva", "Hvem", "Når"],
            ["Varsel om innlagt pasient", "Sykehuset", "24 timer"],
            ["Svar på varsel", "Kommunen", "samme dag"],
        ],
    ),
    ("heading", "5. Varighet og oppsigelse"),
    (
        "text",
        "Avtalen gjelder fra 1. mars 2024 og gjennomgås av partene hvert år. Den kan sies opp med ett års frist, jf. "
        "helse- og omsorgstjenesteloven § 6-5 andre ledd. Sykehuset sender avtalen til Helsedirektoratet innen en "
        "måned etter at den er inngått, jf. § 6-4.",
    ),
]
NYNORSK: list[Part] = [
    ("title", "Samarbeidsavtale"),
    ("text", "mellom Skarvøy kommune og Ytre Sund sjukehus HF"),
    ("heading", "1 Føremål"),
    (
        "text",
        "Avtalen byggjer på helse- og omsorgstenestelova § 6-1 og spesialisthelsetenestelova § 2-1 e fjerde ledd. "
        "Partane skal sørgje for at pasientar og brukarar får trygge overgangar mellom sjukehus og kommune.",
    ),
    ("heading", "2 Ansvar"),
    ("text", "Kommunen skal:"),
    (
        "bullets",
        [
            "ta imot utskrivingsklare pasientar så snart sjukehuset har meldt frå, og seinast dagen etter",
            "ha ein beredskapsplan som er samordna med planen til sjukehuset",
            "delta i felles opplæring og hospitering",
        ],
    ),
    ("heading", "3 Usemje"),
    (
        "text",
        "Usemje skal løysast på lågast mogleg nivå. Kjem partane ikkje til semje, kan saka leggjast fram for den "
        "nasjonale tvisteløysingsnemnda. Ingen av partane kan endre praksis så lenge saka er til handsaming.",
    ),
    ("heading", "4 Iverksetjing"),
    ("text", "Avtalen gjeld frå 1. januar 2025. Han kan seiast opp med eitt års varsel, jf. § 6-5 andre leddet."),
]


def as_text(parts: list[Part]) -> str:
    """The agreement as somebody would type it."""
    lines: list[str] = []
    for kind, content in parts:
        match kind, content:
            case "bullets", list():
                lines.append("\n".join(f"• {item}" for item in content))
            case "numbers", list():
                lines.append("\n".join(f"{number}. {item}" for number, item in enumerate(content, 1)))
            case "table", list():
                lines.append("\n".join("   ".join(row) for row in content))
            case _:
                lines.append(str(content))
    return "\n\n".join(lines) + "\n"


def write_text(parts: list[Part], path: Path) -> None:
    """The agreement as plain text."""
    path.write_text(as_text(parts), encoding="utf-8")


def write_pdf(parts: list[Part], path: Path) -> None:
    """The agreement as a PDF of one or two pages."""
    styles = getSampleStyleSheet()
    flow: list[object] = []
    for kind, content in parts:
        match kind, content:
            case "bullets" | "numbers", list():
                mark = {"bulletType": "bullet"} if kind == "bullets" else {"bulletType": "1", "bulletFormat": "%s."}
                items = [ListItem(Paragraph(escape(str(item)), styles["Normal"])) for item in content]
                flow.append(ListFlowable(items, **mark))
            case "table", list():
                flow.append(Table(content))
            case _:
                style = {"title": "Title", "heading": "Heading2"}.get(kind, "Normal")
                flow.append(Paragraph(escape(str(content)), styles[style]))
        flow.append(Spacer(1, 8))
    SimpleDocTemplate(str(path), invariant=1).build(flow)


def write_docx(parts: list[Part], path: Path) -> None:
    """The agreement as a Word document, with Word's own headings, lists and tables."""
    document = docx.Document()
    for kind, content in parts:
        match kind, content:
            case "bullets" | "numbers", list():
                for item in content:
                    document.add_paragraph(str(item), style="List Bullet" if kind == "bullets" else "List Number")
            case "table", list():
                table = document.add_table(rows=0, cols=len(content[0]))
                for row in content:
                    for cell, words in zip(table.add_row().cells, row, strict=True):
                        cell.text = words
            case _:
                style = {"title": "Title", "heading": "Heading 1"}.get(kind, "Normal")
                deep = kind == "heading" and "." in str(content).split()[0].rstrip(".")
                document.add_paragraph(str(content), style="Heading 2" if deep else style)
    document.save(str(path))


def write_html(parts: list[Part], path: Path) -> None:
    """The agreement as a page of a site, with a menu, a notice about cookies and a footer around it."""
    body: list[str] = []
    for kind, content in parts:
        match kind, content:
            case "bullets" | "numbers", list():
                tag = "ul" if kind == "bullets" else "ol"
                body.append(f"<{tag}>{''.join(f'<li>{escape(str(item))}</li>' for item in content)}</{tag}>")
            case "table", list():
                rows = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in content)
                body.append(f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>")
            case _:
                tag = {"title": "h1", "heading": "h2"}.get(kind, "p")
                body.append(f"<{tag}>{escape(str(content))}</{tag}>")
    path.write_text(PAGE.format(body="\n".join(body)), encoding="utf-8")


PAGE = """<!DOCTYPE html>
<html lang="no"><head><meta charset="utf-8"><title>Avtale – Granvik</title><style>p {{ color: red }}</style></head>
<body>
<div class="cookie-banner"><p>Vi bruker informasjonskapsler for å forbedre siden.</p><button>Godta alle</button></div>
<header><a href="/">Granvik kommune</a>
<nav><ul><li><a href="/a">Helse</a></li><li><a href="/b">Skole</a></li></ul></nav></header>
<div class="topp"><a href="/a">Tjenester</a> <a href="/b">Politikk</a> <a href="/c">Kontakt</a></div>
<div id="innhold">
{body}
</div>
<div class="bunn"><p>Telefon 00 00 00 00</p><p><a href="/p">Personvern</a> <a href="/t">Tilgjengelighet</a></p></div>
<footer><p>Granvik kommune, postboks 1</p></footer>
<script>var a = "<p>ikke tekst</p>";</script>
</body></html>
"""

WRITERS = {"txt": write_text, "pdf": write_pdf, "docx": write_docx, "html": write_html}

AGREEMENTS = {"bokmål": BOKMAL, "nynorsk": NYNORSK}


def reading(parts: list[Part], form: str, folder: Path) -> dict[str, list[object]]:
    path = folder / f"avtale.{form}"
    WRITERS[form](parts, path)
    source = read_file(path)
    read = structure(source.text, source.layout)
    cited = citations(read)
    found = claims(read, [(one.start, one.end, one.target) for one in cited])
    plain = " ".join(source.text.split())
    assert len(plain) > 500
    return {
        "clauses": [(clause.kind, clause.level, clause.number, clause.title) for clause in read.clauses],
        "citations": [(one.target, " ".join(source.text[one.start : one.end].split())) for one in cited],
        "claims": sorted((one.requirement, str(one.coverage), str(one.strength)) for one in found),
        "words": plain.replace("• ", "").split(),
    }


@pytest.mark.parametrize("form", [form for form in WRITERS if form != "txt"])
@pytest.mark.parametrize("language", AGREEMENTS)
def test_clauses_citations_and_claims_are_those_of_the_text(tmp_path: Path, language: str, form: str) -> None:
    written = reading(AGREEMENTS[language], "txt", tmp_path)
    assert [len(written[what]) > 2 for what in ("clauses", "citations", "claims")] == [True] * 3
    assert reading(AGREEMENTS[language], form, tmp_path) == written
