"""What of a web page is its content: by its tags and names, and by where the running words stand."""

import re

from lxml import etree

from ingest.readers.layout import plain
from ingest.readers.text import ReadError

DEEPEST = 200
"""Elements inside each other; a page has twenty."""

NEVER = {
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "canvas", "audio", "video",
    "input", "select", "textarea", "option", "datalist", "head", "nav", "aside", "dialog", "map", "progress", "meter",
}  # fmt: skip
PAGE_PARTS = {"header", "footer"}
"""Parts of the page, unless they stand inside its content."""

ROLES = {
    "navigation", "banner", "contentinfo", "search", "dialog", "alertdialog", "complementary", "menu", "menubar",
    "toolbar", "tablist", "alert", "tooltip",
}  # fmt: skip
CONTENT = ("//main", "//*[@role='main']", "//article")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
SECTIONS = ("div", "section", "article", "main", "form")
LISTS = ("ul", "ol", "menu", "dir")

# What the parts of a page are called that are not its content, as whole words of a class or an id.
NAMED = re.compile(
    r"(?:^|[\s_-])(?:cookies?|consent|gdpr|samtykke|informasjonskaps\w*|menus?|meny\w*|nav|navbar|navigation|navigasjon|"
    r"breadcrumbs?|brodsmule\w*|sidebar|sidemeny|footer|bunntekst|share|sharing|social|skip\w*|pager|pagination|"
    r"newsletter|toolbar|feedback|sr-only|visually-hidden|visuallyhidden|screen-reader\w*)(?:$|[\s_-])",
    re.IGNORECASE,
)
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
COOKIES = re.compile(r"\b(?:cookies?|informasjonskaps(?:el|ler|lar)\w*)\b", re.IGNORECASE)
HIDDEN = re.compile(r"display:\s*none|visibility:\s*hidden", re.IGNORECASE)
NOTICE = 1200
"""A notice about cookies is shorter than this."""

SHORT_LINK = 80


def content(tree: etree._Element) -> etree._Element:
    """The part of a page that holds its content; menus, notices and whatever else is none are taken out of the tree."""
    _prune(tree)
    return _heaviest(tree)


def _prune(tree: etree._Element) -> None:
    """Take out of a page what is not its content."""
    whole = len("".join(tree.itertext())) or 1
    contents = [element for path in CONTENT for element in tree.xpath(path)]
    for element in list(tree.iter(etree.Element)):
        if element is tree or element.tag == "body" or element.getparent() is None:
            continue
        if sum(1 for _ in element.iterancestors()) > DEEPEST:
            raise ReadError("this HTML page is nested more deeply than any page; give it as text.")
        if element.tag in NEVER or (
            _is_no_content(element, contents) and len("".join(element.itertext())) < 0.5 * whole
        ):
            element.drop_tree()


def _is_no_content(element: etree._Element, contents: list[etree._Element]) -> bool:
    inside = any(content in contents for content in element.iterancestors())
    name = CAMEL.sub("-", f"{element.get('class') or ''} {element.get('id') or ''}")
    if element.tag == "button":
        # Many pages make a heading that folds out of a button.
        return not any(above.tag in HEADINGS or above.tag == "summary" for above in element.iterancestors())
    if element.tag in PAGE_PARTS and not inside and element not in contents:
        return True
    if (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or HIDDEN.search(element.get("style") or "")
    ):
        return True
    if element.get("role") in ROLES or element.get("aria-modal") == "true":
        return True
    if element.tag in (*SECTIONS, *LISTS, "p", "header", "footer") and NAMED.search(name) and element not in contents:
        return True
    if element.tag in ("div", "section", "p", "form") and not inside and _is_notice(element):
        return True
    return element.tag in (*LISTS, "div", "p", "section") and _is_menu(element, inside=inside)


def _is_notice(element: etree._Element) -> bool:
    """Whether a part asks for consent to cookies: it names them, is short, and has something to press."""
    words = "".join(element.itertext())
    return (
        len(words) < NOTICE
        and COOKIES.search(words) is not None
        and bool(element.xpath(".//button|.//a|.//input[@type='button' or @type='submit']"))
    )


def _is_menu(element: etree._Element, *, inside: bool) -> bool:
    """Whether a part is nothing but links: a menu, or (also inside the content) a table of contents of this page."""
    links = element.xpath(".//a[@href]")
    words = len("".join(element.itertext()).split())
    linked = [len("".join(link.itertext()).split()) for link in links]
    if len(links) < 3 or sum(linked) < 0.8 * words or words > SHORT_LINK // 8 * len(links):
        return False
    return not inside or all(link.get("href").startswith("#") for link in links)


def _heaviest(tree: etree._Element) -> etree._Element:
    """The smallest part of the page that holds nearly all of its running words."""
    bodies = tree.xpath("//body") or [tree]
    for path in CONTENT:
        found = [one for one in tree.xpath(path) if plain("".join(one.itertext()))]
        if len(found) == 1 and _weight(found[0]) > 0.5 * _weight(bodies[0]):
            bodies = found
            break
    content = bodies[0]
    enough = 0.85 * _weight(content)
    while heavy := [
        one for one in content.iterchildren("div", "section", "article", "main", "form") if _weight(one) > enough
    ]:
        content = heavy[0]
    return content


def _weight(element: etree._Element) -> int:
    """How many characters an element holds outside of links."""
    linked = sum(len("".join(link.itertext())) for link in element.xpath(".//a[@href]"))
    return len("".join(element.itertext())) - linked
