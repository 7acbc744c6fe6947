"""What is to be erased from everything that is published: names and phrases, or digests of names.

HOME/erasure.txt     one a line, in UTF-8; lines that begin with # are notes

A name that may not even be listed is given by its digest: `sha256:` and the SHA-256 of the name in lower case with
single blanks, such as `printf 'kari nordmann' | sha256sum` prints. (Whoever has the list can test names against it.)
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from hjemmel.snapshot import StoreError, current, manifest

if TYPE_CHECKING:
    from ingest.document import Document

LIST = "erasure.txt"
DIGEST = re.compile(r"sha256:([0-9a-f]{64})")
WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
MOST_WORDS = 5  # of a name that is given by its digest


@dataclass(frozen=True, slots=True)
class Erasure:
    """The names and phrases that are to be erased, as one pattern, and the digests of others."""

    pattern: "re.Pattern[str] | None" = None
    digests: frozenset[str] = frozenset()

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where they stand in a text.

        >>> listed = Erasure(digests=frozenset({sha256(b"kari nordmann").hexdigest()}))
        >>> listed.spans("Referent Kari\\nNordmanns")
        [(9, 22)]
        """
        found = [match.span() for match in self.pattern.finditer(text)] if self.pattern else []
        return sorted([*found, *self._by_digest(text)])

    def applied(self, document: "Document") -> "Document":
        """The document with blocks in the place of what is to be erased from its text."""
        text = self.blocked(document.text)
        return document if text == document.text else replace(document, text=text)

    def blocked(self, text: str) -> str:
        """The text with blocks in the place of what is to be erased from it."""
        from ingest.privacy import blocked

        return blocked(text, self.spans(text))

    def _by_digest(self, text: str) -> Iterator[tuple[int, int]]:
        words = list(WORD.finditer(text)) if self.digests else []
        for place, first in enumerate(words):
            name = ""
            for last in words[place : place + MOST_WORDS]:
                word = last[0].casefold()
                # A genitive is the name, too.
                for form, shorter in ((word, 0), (word.removesuffix("s"), word.endswith("s"))):
                    if sha256(f"{name}{form}".encode()).hexdigest() in self.digests:
                        yield first.start(), last.end() - shorter
                name += f"{word} "


def erasure(home: Path) -> Erasure:
    """What is to be erased in a home; nothing if there is no list."""
    return _parsed(home / LIST, digest(home))


def digest(home: Path) -> str:
    """The digest of the list, empty if there is none: a build depends on it."""
    path = home / LIST
    return sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def check(home: Path) -> None:
    """What is published from the store must know the list as it is now."""
    path = current(home)
    if path and manifest(path).erased != digest(home):
        raise StoreError(f"{home / LIST} has changed since the store was built: run `hjemmel build` first.")


@lru_cache(maxsize=1)
def _parsed(path: Path, _digest: str) -> Erasure:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except FileNotFoundError:
        return Erasure()
    except UnicodeDecodeError as error:
        raise StoreError(f"{path} is not text in UTF-8: save it as UTF-8. The store is as it was.") from error
    listed = [" ".join(line.split()) for line in lines if line.strip() and not line.lstrip().startswith("#")]
    digests = {line: DIGEST.fullmatch(line.lower()) for line in listed if line.lower().startswith("sha256:")}
    for line, found in digests.items():
        if not found:
            raise StoreError(f"{path}: {line!r} is no digest: write sha256: and 64 hexadecimal digits.")
    # However its words are set apart: by blanks, line breaks, or hyphens and underscores in the name of a file.
    phrases = [r"[\s_-]+".join(map(re.escape, line.split())) for line in listed if line not in digests]
    pattern = re.compile(rf"(?<![^\W_])(?:{'|'.join(phrases)})(?=s?(?![^\W_]))", re.IGNORECASE) if phrases else None
    return Erasure(pattern, frozenset(found[1] for found in digests.values() if found))
