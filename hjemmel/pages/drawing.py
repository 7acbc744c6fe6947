"""The picture of the network as SVG: for a paper, where it must be sharp at any size."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from textwrap import shorten, wrap
from xml.etree import ElementTree as ET

from hjemmel.pages.picture import Node, Picture

WIDTH, GAP, MARGIN, HEAD, LINE, HEIGHT = 232, 56, 8, 44, 46, 37
LETTERS, LINES = 36, 2  # of a label, in its box
INK, TIE, CONTRADICTS = "#1a2733", "#8a96a1", "#8c1620"
# Fill and outline; shapes tell the kinds apart without colour: boxes, cut corners, ellipses.
COLOURS = {
    "act": ("#e8eef5", "#0b4f8a"),
    "provision": ("#e8eef5", "#0b4f8a"),
    "requirement": ("#fdf1d6", "#6b4700"),
    "clause": ("#ffffff", INK),
    "body": ("#e6f3eb", "#17603a"),
}
DASHES = {"cites": "6 4", "describes": "2 3"}


@dataclass(frozen=True, slots=True)
class _Place:
    """The middle of a box."""

    x: float
    y: float


def svg(picture: Picture, *, title: str, columns: Mapping[int, str], label: Callable[[Node], str]) -> bytes:
    """The picture with the name of each column over it; `title` says what it is to whoever cannot see it."""
    used = sorted({node.column for node in picture.nodes})
    places = {
        node.iri: _Place(MARGIN + WIDTH / 2 + used.index(node.column) * (WIDTH + GAP), HEAD + (node.row + 0.5) * LINE)
        for node in picture.nodes
    }
    width = 2 * MARGIN + len(used) * (WIDTH + GAP) - GAP
    height = HEAD + picture.rows * LINE + MARGIN
    root = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {width} {height}",
            "width": str(width),
            "height": str(height),
            "role": "img",
            "font-family": "Source Sans, Source Sans 3, sans-serif",
            "font-size": "12.5",
            "fill": INK,
        },
    )
    ET.SubElement(root, "title").text = title
    ET.SubElement(root, "rect", {"width": "100%", "height": "100%", "fill": "#ffffff"})
    for source, target, kind in dict.fromkeys((edge.source, edge.target, edge.kind) for edge in picture.edges):
        _tie(root, places[source], places[target], kind)
    for at, column in enumerate(used):
        x = MARGIN + WIDTH / 2 + at * (WIDTH + GAP)
        _words(root, columns[column], x, HEAD / 2, {"font-weight": "600", "font-size": "15"})
    for node in picture.nodes:
        _box(root, node.kind, places[node.iri])
        _label(root, label(node), places[node.iri])
    drawn: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return drawn


def _tie(root: ET.Element, source: _Place, target: _Place, kind: str) -> None:
    """A line from the side of a box that faces the other one; within a column, from its right side and back."""
    towards = (target.x > source.x) - (target.x < source.x)
    start, end = source.x + (towards or 1) * WIDTH / 2, target.x - (towards or -1) * WIDTH / 2
    bend = (towards or 1) * GAP / 2
    turned = end - bend if towards else end + bend
    look = {
        "d": f"M{start:.0f} {source.y:.0f}C{start + bend:.0f} {source.y:.0f} {turned:.0f} {target.y:.0f} "
        f"{end:.0f} {target.y:.0f}",
        "fill": "none",
        "stroke": CONTRADICTS if kind == "contradicts" else TIE,
        "stroke-width": "3" if kind == "contradicts" else "1.2",
    }
    if kind in DASHES:
        look["stroke-dasharray"] = DASHES[kind]
    ET.SubElement(root, "path", look)


def _box(root: ET.Element, kind: str, at: _Place) -> None:
    fill, line = COLOURS[kind]
    left, top, right, bottom = at.x - WIDTH / 2, at.y - HEIGHT / 2, at.x + WIDTH / 2, at.y + HEIGHT / 2
    look = {"fill": fill, "stroke": line, "stroke-width": "1.5"}
    if kind == "body":
        middle = {"cx": f"{at.x:.1f}", "cy": f"{at.y:.1f}", "rx": str(WIDTH / 2), "ry": str(HEIGHT / 2)}
        ET.SubElement(root, "ellipse", {**middle, **look})
    elif kind == "requirement":
        corners = [
            (left + 8, top), (right - 8, top), (right, top + 8), (right, bottom - 8),
            (right - 8, bottom), (left + 8, bottom), (left, bottom - 8), (left, top + 8),
        ]  # fmt: skip
        ET.SubElement(root, "polygon", {"points": " ".join(f"{x:.1f},{y:.1f}" for x, y in corners), **look})
    else:
        box = {"x": f"{left:.1f}", "y": f"{top:.1f}", "width": str(WIDTH), "height": str(HEIGHT)}
        ET.SubElement(root, "rect", {**box, "rx": "0" if kind == "clause" else "6", **look})


def _label(root: ET.Element, words: str, at: _Place) -> None:
    letters = LETTERS * 3 // 4 if words.isupper() else LETTERS
    lines = wrap(shorten(words, letters * LINES - 4, placeholder=" …"), letters)[:LINES]
    for number, line in enumerate(lines):
        _words(root, line, at.x, at.y + (number - (len(lines) - 1) / 2) * 14, {})


def _words(root: ET.Element, words: str, x: float, y: float, look: Mapping[str, str]) -> None:
    place = {"x": f"{x:.1f}", "y": f"{y:.1f}", "text-anchor": "middle", "dominant-baseline": "central"}
    ET.SubElement(root, "text", {**place, **look}).text = words
