"""A web page is read for its content: menus, notices and footers are not part of what a document says."""

from pathlib import Path

import pytest

from ingest.readers import html as reader
from ingest.readers.file import read_file
from ingest.readers.text import ReadError
from ingest.source import Source
from ingest.structure import structure

WORDS = "Partene skal samarbeide om gode og trygge pasientforløp for alle som bor i kommunen."


def read(body: str, folder: Path, *, head: str = '<meta charset="utf-8">') -> Source:
    path = folder / "side.html"
    path.write_text(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>", encoding="utf-8")
    source = reader.read(path.read_bytes())
    assert not source.text or source == read_file(path)
    return source if source.text else read_file(path)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<h1>Avtale</h1><p>En  <b>viktig</b>\n sak</p>", "Avtale\n\nEn viktig sak"),
        ("<p>Sted:<br>Dato:</p>", "Sted:\nDato:"),
        ("<div>Løs tekst<p>Avsnitt</p>mer tekst</div>", "Løs tekst\n\nAvsnitt\n\nmer tekst"),
        ("<ul><li>en<ul><li>to</li></ul></li><li><p>tre</p></li></ul>", "• en\n◦ to\n• tre"),
        ('<ol start="4"><li>en</li><li value="9">to</li><li>tre</li></ol>', "4. en\n9. to\n10. tre"),
        ('<ol type="a"><li>en</li><li>to</li></ol>', "a) en\nb) to"),
        (
            "<table><thead><tr><th>Hva</th><th>Når</th></tr></thead><tr><td>Varsel</td><td>24 timer</td></tr></table>",
            "Hva   Når\nVarsel   24 timer",
        ),
        (
            "<table><tr><td><h2>Mål</h2><p>Vi møtes.</p></td><td><p>Du òg.</p></td></tr></table>",
            "Mål\n\nVi møtes.\n\nDu òg.",
        ),
        ("<h2>Mål <a href='#mal'>#</a></h2><p>Vi møtes.</p>", "Mål\n\nVi møtes."),
        ("<h2><button>Mål</button></h2><p>Vi møtes.</p>", "Mål\n\nVi møtes."),
        ("<p>Synlig</p><p hidden>skjult</p><p style='display: none'>skjult</p><script>x</script>", "Synlig"),
        ("<p>&aring; leve &amp; d&oslash;&nbsp;her</p>", "å leve & dø her"),
    ],
)
def test_the_text_is_what_a_reader_of_the_page_sees(tmp_path: Path, body: str, text: str) -> None:
    assert read(body, tmp_path).text == text


@pytest.mark.parametrize(
    "around",
    [
        "<nav><p>Meny</p></nav>{}",
        "<header><p>Kommunens navn</p></header><main>{}</main><footer><p>Postboks 1</p></footer>",
        "<div role='banner'>Kommunen</div>{}<div role='contentinfo'>Postboks 1</div>",
        "<div class='site-menu'><p>Hele menyen</p></div>{}<div id='footer'><p>Postboks 1</p></div>",
        "<div id='CookieConsent'><p>Godta?</p></div>{}",
        "<div><p>Denne siden bruker informasjonskapsler.</p><button>Greit</button></div>{}",
        "<div><a href='/'>Hjem</a> <a href='/a'>Tjenester</a> <a href='/b'>Politikk</a></div><div>{}</div>",
        "<main><ul><li><a href='#a'>Mål</a><li><a href='#b'>Tid</a><li><a href='#c'>Ti</a></li></ul>{}</main>",
        "<div>{}</div><div><p>Postboks 1, 0000 Sted</p></div>",
        "<aside><p>Les også dette</p></aside>{}",
    ],
)
def test_what_stands_around_the_content_is_left_out(tmp_path: Path, around: str) -> None:
    content = f"<h1>Avtale</h1>{f'<p>{WORDS}</p>' * 4}"
    assert read(around.format(content), tmp_path).text == "\n\n".join(["Avtale", *[WORDS] * 4])


def test_a_list_of_links_is_content_where_it_stands_in_the_text(tmp_path: Path) -> None:
    links = "".join(f"<li><a href='/vedlegg/{n}'>Delavtale {n} om samarbeid</a></li>" for n in range(1, 5))
    text = read(f"<main><h1>Avtale</h1><p>{WORDS}</p><p>Vedlegg:</p><ul>{links}</ul></main>", tmp_path).text
    assert "• Delavtale 4 om samarbeid" in text


def test_a_heading_above_the_content_is_kept(tmp_path: Path) -> None:
    page = f"<div><h1>Samarbeidsavtale</h1></div><div>{f'<p>{WORDS}</p>' * 5}</div>"
    source = read(page, tmp_path)
    assert source.text.startswith("Samarbeidsavtale\n\nPartene")
    assert [(hint.kind, hint.level) for hint in source.layout][:2] == [("heading", 0), ("text", 0)]


def test_a_footnote_stands_below_its_mark(tmp_path: Path) -> None:
    page = (
        f"<main><h2>1. Mål</h2><p>{WORDS}<sup><a href='#n1'>1</a></sup></p><h2>2. Tid</h2><p>Ti år.</p>"
        "<ol><li id='n1'>Etter § 6-1. <a href='#r1'>↩</a></li></ol></main>"
    )
    source = read(page, tmp_path)
    assert source.text == f"1. Mål\n\n{WORDS}[1]\n\n[1] Etter § 6-1.\n\n2. Tid\n\nTi år."
    [note] = [hint for hint in source.layout if hint.kind == "note"]
    assert note.mark == source.text.index("[1]")


def test_headings_without_numbers_keep_their_levels(tmp_path: Path) -> None:
    page = f"<h1>Veileder</h1><h2>Om rådene</h2><p>{WORDS}</p><h3>Hvem de gjelder for og hva de er</h3><p>{WORDS}</p>"
    source = read(page, tmp_path)
    found = structure(source.text, source.layout).clauses
    assert [(clause.title, clause.level) for clause in found if clause.title] == [
        ("Veileder", 0),
        ("Om rådene", 1),
        ("Hvem de gjelder for og hva de er", 2),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_letters_are_right_whatever_the_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "side.html"
    path.write_bytes("<!DOCTYPE html><html><body><p>Bodø – «Ås» § 6-1</p></body></html>".encode(encoding))
    assert read_file(path).text == "Bodø – «Ås» § 6-1"


def test_a_page_without_words_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"side\.html: there are no words in this HTML page"):
        read("<script>1</script>", tmp_path)
