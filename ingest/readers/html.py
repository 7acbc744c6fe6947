"""The content of a web page as stored text: headings, lists, tables, footnotes, by its tags."""

import re
from collections.abc import Iterator

from lxml import etree, html

from ingest.readers.layout import Layout, bullet, numeral, plain
from ingest.readers.text import ReadError
from ingest.readers.webpage import content
from ingest.source import Source

MEDIA_TYPE = "text/html"
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
LISTS = {"ul", "ol", "menu", "dir"}
TABLE_PARTS = {"table", "thead", "tbody", "tfoot", "tr"}
BLOCKS = {
    "address", "article", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "header", "hgroup", "hr", "html", "legend", "li", "main", "nav", "p",
    "pre", "section", "summary", "td", "th", *HEADINGS, *LISTS, *TABLE_PARTS,
}  # fmt: skip
FORMS = {"a": "lower-letter", "A": "upper-letter", "i": "lower-roman", "I": "upper-roman"}

ANCHOR_SIGNS = {"#", "¶", "§", "🔗"}
"""The words of a link that only gives its heading an address."""

CHARSET = re.compile(rb"<meta[^>]{0,200}charset|<\?xml[^>]{0,100}encoding", re.IGNORECASE)


def read(written: bytes) -> Source:
    """The stored text of a page, and what its tags say of each paragraph."""
    page = _Page(_tree(written))
    return page.source()


def _tree(content: bytes) -> etree._Element:
    encoding = None
    if not CHARSET.search(content[:4096]) and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-8" if _is_utf8(content) else "cp1252"
    parser = html.HTMLParser(
        encoding=encoding, no_network=True, remove_comments=True, remove_pis=True, huge_tree=False, recover=True
    )
    tree = html.document_fromstring(content, parser=parser)
    if any(error.type_name == "ERR_RESOURCE_LIMIT" or "depth" in error.message for error in parser.error_log):
        raise ReadError("this HTML page is nested too deeply or too large for a page; give it as text.")
    return tree


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


class _Page:
    """A page on its way into the stored text."""

    def __init__(self, tree: etree._Element) -> None:
        self.tree = tree
        self.notes: dict[str, etree._Element] = {}
        self.page = Layout()

    def source(self) -> Source:
        """The content of the page."""
        found = content(self.tree)
        titles = found.xpath("descendant-or-self::h1") or self.tree.xpath("//h1")
        self.single = len(titles) == 1
        self._find_notes(found)
        if self.single and found not in titles and found not in titles[0].iterancestors():
            self._heading(titles[0])
        self._blocks(found, 0)
        self.page.add_notes()
        return self.page.source(MEDIA_TYPE)

    def _find_notes(self, content: etree._Element) -> None:
        """Footnotes: what a raised number links to, taken out of its place to stand below the number."""
        for link in content.xpath(".//sup//a[@href] | .//a[@href][sup] | .//a[@role='doc-noteref']"):
            address, words = link.get("href"), "".join(link.itertext()).strip(" []()*")
            if not address.startswith("#") or not words.isdecimal() or len(words) > 3:
                continue
            for note in self.tree.xpath("//*[@id=$id or @name=$id]", id=address[1:]):
                block = note if note.tag in BLOCKS else next((one for one in note.iterancestors(*BLOCKS)), note)
                if block not in link.iterancestors() and len("".join(block.itertext())) < 5000:
                    link.set("data-note", words)
                    self.notes[words] = block

    def _blocks(self, parent: etree._Element, depth: int) -> None:
        """Everything below an element, paragraphs between blocks included."""
        inline: list[str] = [parent.text or ""]
        for child in parent.iterchildren(etree.Element):
            if _is_block(child):
                self._paragraph(inline)
                inline = []
                if child not in self.notes.values():
                    self._block(child, depth)
            else:
                inline.append(self._inline(child))
            inline.append(child.tail or "")
        self._paragraph(inline)

    def _block(self, element: etree._Element, depth: int) -> None:
        if element.tag in HEADINGS:
            self._heading(element)
        elif element.tag in LISTS:
            self._list(element, depth + 1)
        elif element.tag == "table":
            self._table(element, depth)
        elif element.tag == "pre":
            self._paragraph(["".join(element.itertext()).replace("\n", BREAK)])
        else:
            self._blocks(element, depth)

    def _heading(self, element: etree._Element) -> None:
        level = HEADINGS[element.tag] - self.single
        self.page.add(_broken(self._inline(element)), "heading", level)
        self.page.add_notes()

    def _paragraph(self, inline: list[str]) -> None:
        self.page.add(_broken("".join(inline)))
        self.page.add_notes()

    def _list(self, element: etree._Element, depth: int) -> None:
        number = _whole(element.get("start")) or 1
        form = FORMS.get(element.get("type") or "", "decimal")
        for item in element.iterchildren(etree.Element):
            if item.tag != "li":
                self._block(item, depth)
                continue
            if item in self.notes.values():
                continue
            number = _whole(item.get("value")) or number
            # Browsers write "a."; the law and its readers write a letter with a bracket.
            sign = f"{numeral(number, form)}{')' if form.endswith('letter') else '.'}"
            self._item(item, bullet(depth) if element.tag != "ol" else sign, depth)
            number += 1

    def _item(self, item: etree._Element, sign: str, depth: int) -> None:
        """An item of a list: its first words behind its sign, whatever else it holds below."""
        first = [item.text or ""]
        rest = list(item.iterchildren(etree.Element))
        while rest and not _is_block(rest[0]):
            first += [self._inline(rest[0]), rest.pop(0).tail or ""]
        if not plain("".join(first)) and rest and not rest[0].xpath("self::ul|self::ol|self::table"):
            # <li><p>words</p>…: the first block is the item.
            wrapper = rest[0]
            while (inner := [one for one in wrapper if _is_block(one)]) and not plain(wrapper.text or ""):
                wrapper = inner[0]
            if wrapper.tag not in LISTS | TABLE_PARTS and not inner:
                first = [self._inline(wrapper)]
                wrapper.text = None
                for one in list(wrapper):
                    wrapper.remove(one)
        self.page.add(f"{sign} {_broken(''.join(first))}", "item", depth)
        self.page.add_notes()
        inline: list[str] = []
        for child in rest:
            if _is_block(child):
                self._paragraph(inline)
                inline = []
                self._block(child, depth)
            else:
                inline.append(self._inline(child))
            inline.append(child.tail or "")
        self._paragraph(inline)

    def _table(self, table: etree._Element, depth: int) -> None:
        for caption in table.iterchildren("caption"):
            self._paragraph([self._inline(caption)])
        for row in _rows(table):
            cells = list(row.iterchildren("td", "th"))
            filled = [cell for cell in cells if plain("".join(cell.itertext()))]
            if len(filled) < 2 or any(_holds_blocks(cell) for cell in filled):
                # A table that only sets out the page: its cells are read one after the other.
                for cell in cells:
                    self._blocks(cell, depth)
            else:
                self.page.add_row(_broken(self._inline(cell)) for cell in cells)
                self.page.add_notes()

    def _inline(self, element: etree._Element) -> str:
        """The words of an element, its own blocks parted by blanks."""
        if (mark := element.get("data-note")) in self.notes:
            self.page.wait(mark, self._note(self.notes[mark]))
            return f"[{mark}]"
        if element.tag == "br":
            return BREAK
        if element.tag == "a" and "".join(element.itertext()).strip() in ANCHOR_SIGNS:
            return ""
        parts = [element.text or ""]
        for child in element.iterchildren(etree.Element):
            parts += [self._inline(child), " " if _is_block(child) else "", child.tail or ""]
        return "".join(parts)

    def _note(self, block: etree._Element) -> str:
        words = " ".join("".join(block.itertext()).split())
        return re.sub(r"^\[?\d{1,3}\]?[.)]?\s+|\s*[↩↑^]\ufe0e?\s*", "", words).strip()


BREAK = "\u2028"
"""The writer's own line break, while the line breaks of the file are still blanks."""


def _broken(words: str) -> str:
    return " ".join(re.split(r"[^\S\u2028]+", words)).replace(BREAK, "\n")


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for part in table.iterchildren("thead", "tbody", "tfoot", "tr"):
        if part.tag == "tr":
            yield part
        else:
            yield from part.iterchildren("tr")


def _holds_blocks(cell: etree._Element) -> bool:
    if cell.xpath(".//ul|.//ol|.//table|.//h1|.//h2|.//h3|.//h4|.//h5|.//h6"):
        return True
    return len([one for one in cell.xpath(".//p|.//div") if plain("".join(one.itertext()))]) > 1


def _is_block(element: etree._Element) -> bool:
    """Whether an element stands by itself: a block, or something around one."""
    return element.tag in BLOCKS or element.xpath("boolean(.//p|.//div|.//ul|.//ol|.//table|.//h1|.//h2|.//h3|.//h4)")


def _whole(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 6 else None
