"""Lovdata's open service: the archives of the law in force, fetched as it lists them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from hjemmel.snapshot import Progress

SERVICE = "https://api.lovdata.no/v1/publicData"
WANTED = ("gjeldende-lover", "gjeldende-sentrale-forskrifter")
"""How the archives of the law in force begin their names: acts, and regulations for the whole country."""

LARGEST_ARCHIVE = 300_000_000
PATIENCE = 60.0  # seconds without a single byte
OFFLINE = (
    "If this machine has no network, fetch the archives of the law in force from {list} on another one "
    "and run `hjemmel laws add FILE…`. Behind a proxy, set HTTPS_PROXY."
)


class LawsError(RuntimeError):
    """The laws cannot be fetched, read or kept; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Archive:
    """A file that laws were taken from: where it was, its digest, when."""

    name: str
    address: str
    sha256: str
    size: int
    fetched: str


def fetched(service: str, folder: Path, progress: Progress) -> Iterator[tuple[Path, Archive]]:
    """Each archive of the law in force, written to a file in a folder. `service` has no slash at its end."""
    import httpx

    listing = f"{service}/list"
    try:
        with httpx.Client(timeout=httpx.Timeout(PATIENCE), follow_redirects=True) as client:
            for entry in _listed(client, listing):
                address = f"{service}/get/{entry['filename']}"
                path = folder / f"{len(list(folder.iterdir()))}.tar.bz2"
                _download(client, address, path, entry, progress)
                yield path, archive(path, address, name=entry["filename"])
    except httpx.HTTPStatusError as error:
        status = f"{error.response.status_code} {error.response.reason_phrase}"
        raise LawsError(f"{error.request.url} answers {status}: try again later. {_offline(listing)}") from error
    except httpx.HTTPError as error:
        reason = str(error) or type(error).__name__
        raise LawsError(f"{listing} cannot be reached ({reason}). {_offline(listing)}") from error


def _listed(client: Any, listing: str) -> list[dict[str, Any]]:
    """The archives of the law in force, as the service itself lists them."""
    answer = client.get(listing)
    answer.raise_for_status()
    try:
        entries = [
            entry
            for entry in answer.json()
            if str(entry["filename"]).startswith(WANTED) and "/" not in entry["filename"]
        ]
    except (ValueError, KeyError, TypeError) as error:
        raise LawsError(f"{listing} does not answer as it used to: see Lovdata's own description of it.") from error
    if not entries:
        raise LawsError(f"{listing} names no archive of the law in force: see what it lists now.")
    return entries


def _download(client: Any, address: str, path: Path, entry: dict[str, Any], progress: Progress) -> None:
    name, done = entry["filename"], 0
    total = entry.get("sizeBytes")
    total = total if isinstance(total, int) else 0
    with client.stream("GET", address) as answer, path.open("wb") as file:
        answer.raise_for_status()
        for piece in answer.iter_bytes():
            done += len(piece)
            if done > LARGEST_ARCHIVE:
                raise LawsError(f"{address} is larger than {LARGEST_ARCHIVE // 1_000_000} MB, which is the limit.")
            file.write(piece)
            progress(f"fetching {name}", done, max(total, done))
    if total and done != total:
        raise LawsError(f"{address} gave {done} bytes of {total}: the connection broke; try again.")


def archive(path: Path, address: str = "", *, name: str | None = None) -> Archive:
    """What is to be remembered of a file that laws are taken from now."""
    content = path.read_bytes()
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return Archive(name or path.name, address, sha256(content).hexdigest(), len(content), now)


def _offline(listing: str) -> str:
    return OFFLINE.format(list=listing)
