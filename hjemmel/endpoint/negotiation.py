"""Which media type to answer in, by what the client accepts."""

from hjemmel.endpoint.worker import STATEMENTS, TABLES

# Other names that clients use for the same.
ALIASES = {
    "application/json": "application/sparql-results+json",
    "application/xml": "application/sparql-results+xml",
    "text/xml": "application/sparql-results+xml",
    "application/x-turtle": "text/turtle",
    "text/plain": "application/n-triples",
}
HTML = "text/html"
OFFERED = {
    "rows": tuple(TABLES),
    "boolean": ("application/sparql-results+json", "application/sparql-results+xml"),
    "statements": tuple(STATEMENTS),
}


def accepted(header: str | None) -> dict[str, str | None]:
    """The media type to use for each kind of result, or None where none of ours is accepted.

    >>> accepted("text/csv;q=0.5, application/xml")
    {'rows': 'application/sparql-results+xml', 'boolean': 'application/sparql-results+xml', 'statements': None}
    >>> accepted("text/turtle, */*;q=0.1")["rows"]
    'application/sparql-results+json'
    """
    wishes = _wishes(header or "*/*")
    return {kind: _best(offered, wishes) for kind, offered in OFFERED.items()}


def prefers_page(header: str | None) -> bool:
    """Whether a page for people is wanted more than anything else, as browsers do.

    >>> prefers_page("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"), prefers_page("*/*")
    (True, False)
    """
    wishes = _wishes(header or "")
    page = wishes.get(HTML, 0.0)
    return page > 0 and all(_quality(media, (), wishes) <= page for medias in OFFERED.values() for media in medias)


def _best(offered: tuple[str, ...], wishes: dict[str, float]) -> str | None:
    quality = {media: _quality(media, offered, wishes) for media in offered}
    best = max(offered, key=lambda media: quality[media])
    return best if quality[best] > 0 else None


def _quality(media: str, offered: tuple[str, ...], wishes: dict[str, float]) -> float:
    """How much a media type is wanted: by its own name, by another name for it, by its family, by "anything"."""
    names = [media, *(alias for alias, meant in ALIASES.items() if meant == media and alias not in offered)]
    by_name = [wishes[name] for name in names if name in wishes]
    if by_name:
        return max(by_name)
    return wishes.get(media.partition("/")[0] + "/*", wishes.get("*/*", 0.0))


def _wishes(header: str) -> dict[str, float]:
    wishes: dict[str, float] = {}
    for part in header.split(","):
        media, *parameters = (piece.strip().lower() for piece in part.split(";"))
        quality = next((piece[2:] for piece in parameters if piece.startswith("q=")), "1")
        try:
            wishes[media] = min(1.0, max(0.0, float(quality)))
        except ValueError:
            wishes[media] = 0.0
    return wishes
