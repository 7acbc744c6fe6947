"""Damage files of every format by chance: each must be read or refused in one sentence, never crash or hang.

    python -m benchmarks.fuzz --minutes 10 [--seed 7]

Prints how many files of each format were read and refused, the slowest, and the most memory; exit code 1 if any went
wrong, with the file that did it in the folder given by --keep.
"""

import argparse
import io
import random
import resource
import signal
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import docx
from reportlab.pdfgen.canvas import Canvas

from ingest.readers.archive import laws
from ingest.readers.jail import LONGEST, MEMORY, _answer

HTML = """<!DOCTYPE html><html lang="nn"><head><meta charset="utf-8"><title>Avtale</title></head><body>
<nav><a href="/">Heim</a></nav><main><h1>Avtale</h1><h2>1 Føremål</h2>
<p>Partane skal samarbeide<sup><a href="#f1">1</a></sup>, jf. § 6-1.</p>
<ol type="a"><li>tenester<ul><li>trygge</li></ul></li><li value="7"><p>planar</p></li></ol>
<table><tr><th>Kva</th><th>Når</th></tr><tr><td>Varsel</td><td>24 timar</td></tr></table>
<p id="f1">1 Ein note.</p></main><footer>Botn</footer></body></html>"""
XML = """<!DOCTYPE html><html lang="nb"><head><title>Lov</title></head><body><header id="hode"><dl>
<dt class="dokid">x</dt><dd class="dokid">NL/lov/2030-01-02-3</dd><dd class="refid">lov/2030-01-02-3</dd>
<dd class="title">Lov om prøving</dd><dd class="dateInForce">2030-02-01</dd></dl></header>
<main class="documentBody" data-lovdata-URL="NL/lov/2030-01-02-3"><section class="section" data-name="kap1">
<h2>Kapittel 1. Mål</h2><article class="legalArticle" data-name="§1-1 a"><h3>
<span class="legalArticleValue">§ 1-1 a</span>. <span class="legalArticleTitle">Mål</span></h3>
<article class="legalP">Loven skal:<ol class="defaultList" type="a"><li data-name="a."><article class="listArticle">
<article class="legalP">prøve</article></article></li></ol></article>
<article class="changesToParent">Endret ved lov 1 mai 2031 nr. 2.</article></article></section></main></body></html>"""
TOKENS = (b"\x00", b"\xff\xff\xff\xff", b"<", b"]]>", b"&#0;", b"&x;", b"99999999999", b"-1", b"<<", b">>", b"0 R")


def main() -> int:
    """Fuzz for as long as was asked."""
    parser = argparse.ArgumentParser(description="Damage files by chance and see that each is read or refused.")
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="a folder for files that went wrong")
    given = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY + (1 << 28),) * 2)  # room for this program itself
    signal.signal(signal.SIGALRM, _too_long)
    chance = random.Random(given.seed)
    seeds = _seeds()
    outcomes: Counter[str] = Counter()
    slowest, wrong, deadline = 0.0, 0, time.monotonic() + given.minutes * 60
    while time.monotonic() < deadline:
        form = chance.choice(sorted(seeds))
        content = _damaged(seeds[form], form, chance)
        began = time.monotonic()
        signal.setitimer(signal.ITIMER_REAL, LONGEST)
        try:
            trouble = READERS[form](content)
        except Exception as error:
            trouble = f"WRONG {type(error).__name__}: {error}"
        signal.setitimer(signal.ITIMER_REAL, 0)
        slowest = max(slowest, time.monotonic() - began)
        outcomes[f"{form} {trouble.partition(' ')[0]}"] += 1
        if trouble.startswith("WRONG"):
            wrong += 1
            name = sha256(content).hexdigest()[:12]
            print(f"{form} {name}: {trouble}")
            if given.keep:
                (given.keep / f"{name}.{form}").write_bytes(content)
    for outcome, count in sorted(outcomes.items()):
        print(f"{outcome:20} {count:8}")
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{outcomes.total()} files, slowest {slowest:.1f} s, most memory {most} MiB, {wrong} wrong")
    return 1 if wrong else 0


def _document(form: str) -> Callable[[bytes], str]:
    def outcome(content: bytes) -> str:
        found = _answer(form, content)
        if "error" in found:
            return _judged(found["error"])
        starts = [hint["start"] for hint in found["layout"]]
        pages = list(found["pages"])
        whole = starts == sorted(set(starts)) and pages == sorted(set(pages))
        found["text"].encode("utf-8")
        inside = all(start < len(found["text"]) for start in starts)
        return "read" if whole and inside else "WRONG offsets"

    return outcome


def _law(content: bytes) -> str:
    outcomes = list(laws(io.BytesIO(content)))
    return _judged(outcomes[-1]["error"]) if "error" in outcomes[-1] else "read"


def _judged(sentence: str) -> str:
    one = sentence.endswith(".") and "\n" not in sentence and "Traceback" not in sentence
    return "refused" if one else f"WRONG sentence {sentence!r}"


READERS = {"pdf": _document("pdf"), "docx": _document("docx"), "html": _document("html"), "xml": _law, "tar": _law}


def _seeds() -> dict[str, bytes]:
    import tarfile

    pdf, word, tar = io.BytesIO(), io.BytesIO(), io.BytesIO()
    canvas = Canvas(pdf, invariant=1)
    for page in range(3):
        canvas.drawString(72, 700, f"{page + 1}. Formål og ansvar")
        canvas.drawString(72, 680, "Partene skal samarbeide, jf. helse- og omsorgstjenesteloven § 6-1.")
        canvas.bookmarkPage(str(page))
        canvas.addOutlineEntry(str(page), str(page))
        canvas.showPage()
    canvas.save()
    document = docx.Document()
    document.add_heading("Avtale", 0)
    document.add_heading("1. Formål", 1)
    for style in ("List Number", "List Bullet", "Normal"):
        document.add_paragraph("Partene skal samarbeide.", style=style)
    document.add_table(rows=2, cols=2).cell(0, 0).text = "Hva"
    document.save(word)
    with tarfile.open(fileobj=tar, mode="w:bz2") as archive:
        entry = tarfile.TarInfo("nl/nl-20300102-003.xml")
        entry.size = len(XML.encode())
        archive.addfile(entry, io.BytesIO(XML.encode()))
    return {
        "pdf": pdf.getvalue(),
        "docx": word.getvalue(),
        "html": HTML.encode(),
        "xml": XML.encode(),
        "tar": tar.getvalue(),
    }


def _damaged(content: bytes, form: str, chance: random.Random) -> bytes:
    """The file with some bytes changed; in an archive mostly inside one of its parts, so that the damage is reached."""
    if form == "docx" and chance.random() < 0.8:
        return _repacked(content, chance)
    return _mutated(content, chance)


def _repacked(content: bytes, chance: random.Random) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(packed, "w") as new:
        names = [name for name in old.namelist() if name.endswith((".xml", ".rels"))]
        victim = chance.choice(names)
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, _mutated(part, chance) if name == victim else part)
    return packed.getvalue()


def _mutated(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 4, 16, 64))):
        place = chance.randrange(len(changed) + 1)
        match chance.randrange(6):
            case 0 if place < len(changed):
                changed[place] = chance.randrange(256)
            case 1:
                del changed[place : place + chance.choice((1, 8, 200))]
            case 2:
                changed[place:place] = chance.choice(TOKENS)
            case 3:
                start = chance.randrange(len(changed) + 1)
                changed[place:place] = changed[start : start + chance.choice((8, 100, 1000))]
            case 4 if chance.random() < 0.1:
                del changed[place:]
            case _:
                # Numbers steer: counts, offsets, references.
                digits = [at for at, sign in enumerate(changed) if 48 <= sign <= 57]
                if digits:
                    changed[chance.choice(digits)] = chance.randrange(48, 58)
        if not changed:
            changed = bytearray(b"\x00")
    return bytes(changed)


def _too_long(*_: object) -> None:
    raise TimeoutError(f"not done after {LONGEST:.0f} seconds")


if __name__ == "__main__":
    sys.exit(main())
