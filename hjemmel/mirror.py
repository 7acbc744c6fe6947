"""A SPARQL service kept the same as the current snapshot: only the named graphs that differ are sent.

HOME/mirror.json     what each service was last given: the digest of each named graph

The snapshot stays the master. A service that was sent half of it, because somebody pulled the plug, gets the rest when
the store is built the next time.
"""

import json
from pathlib import Path

import pyoxigraph as ox

from hjemmel import snapshot
from hjemmel.remote import Remote, RemoteError, State, remote
from hjemmel.snapshot import Manifest, Progress, part, writing

RECORD = "mirror.json"

Record = dict[str, dict[str, str]]


def follow(home: Path, *, progress: Progress = lambda *_: None) -> int:
    """Send what differs to the service that the environment names, if it names one; how many named graphs were sent."""
    service = remote()
    if service is None:
        return 0
    if not service.writable:
        raise RemoteError(
            f"The store here is built, but it is not said how to write to {service.address}: "
            "set HJEMMEL_STORE_UPDATE or HJEMMEL_STORE_GRAPHS."
        )
    with writing(home):
        return _sent(home, service, progress)


def _sent(home: Path, service: Remote, progress: Progress) -> int:
    path = snapshot.current(home)
    assert path is not None
    manifest, record = snapshot.manifest(path), _record(home)
    wanted = {graph: manifest.files[part(graph)] for graph in manifest.graphs}
    known = _there(service, record.get(service.address, {}), manifest)
    differing = [graph for graph in sorted(known.keys() | wanted) if known.get(graph) != wanted.get(graph)]
    state = State(path.name, manifest.built)
    if not differing:
        if service.state() != state:
            service.put_state(state)
        return 0
    # What is about to be sent is not known to be there until all of it is.
    _write(home, record | {service.address: {name: known[name] for name in known if name not in differing}})
    for done, graph in enumerate(differing):
        progress("sending", done, len(differing))
        end = f" <{graph}> .\n".encode()
        lines = (path / part(graph)).read_bytes().splitlines(keepends=True) if graph in wanted else []
        service.put(graph, [line.removesuffix(end) + b" .\n" for line in lines])
        _compare(service, graph, lines)
    progress("sending", len(differing), len(differing))
    _write(home, record | {service.address: wanted})
    service.put_state(state)
    return len(differing)


def _compare(service: Remote, graph: str, sent: list[bytes]) -> None:
    """What was sent must be what is there, to the letter: some services write values in their own way."""
    found = {f"{quad} .\n".encode() for quad in service.quads_for_pattern(None, None, None, ox.NamedNode(graph))}
    if len(found) != len(sent):
        raise RemoteError(
            f"{service.address} holds {len(found)} statements of <{graph}> instead of {len(sent)}: "
            "run `hjemmel build` to send it again."
        )
    if changed := sorted(found.difference(sent)):
        raise RemoteError(
            f"{service.address} does not keep statements as they are, so it cannot hold the graph; "
            f"it has made one of <{graph}> into {changed[0].decode().strip()}"
        )


def _there(service: Remote, sent: dict[str, str], manifest: Manifest) -> dict[str, str]:
    """What the service is known to hold: what it was sent and still has, and what else it has of ours."""
    from ontology import BASE

    found = service.counts()
    ours = {graph: "" for graph in found if graph.startswith(f"{BASE}graph/")}
    whole = {graph: digest for graph, digest in sent.items() if found.get(graph) == manifest.graphs.get(graph)}
    return ours | whole


def _record(home: Path) -> Record:
    try:
        found: Record = json.loads((home / RECORD).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}  # all is sent again
    return found


def _write(home: Path, record: Record) -> None:
    beside = home / f"{RECORD}.part"
    beside.write_text(json.dumps(record, indent=1), encoding="utf-8")
    beside.replace(home / RECORD)
