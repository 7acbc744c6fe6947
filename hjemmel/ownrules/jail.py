"""Own rules are run in a process of its own, which may be stopped at any moment and can reach nothing.

`python -m hjemmel.ownrules.jail SECONDS LENGTH`: N-Triples on standard input, the first LENGTH bytes the shapes, the
rest the agreement; on standard output what was found as JSON, or a sentence on why nothing could be.
"""

import json
import os
import sys
from typing import TYPE_CHECKING, Any

from ingest.readers.confinement import confine

if TYPE_CHECKING:
    from rdflib import Graph

MEMORY = 1 << 30
LARGEST_ANSWER = 20 << 20


def _found(shapes: bytes, data: bytes) -> list[dict[str, Any]] | str:
    from pyshacl import validate
    from pyshacl.errors import ConstraintLoadError, ReportableRuntimeError, ShapeLoadError
    from rdflib import RDF, SH, Graph

    rules = Graph().parse(data=shapes, format="nt")
    agreement = Graph().parse(data=data, format="nt")
    try:
        _, report, _ = validate(
            agreement, shacl_graph=rules, inference="none", advanced=False, js=False, do_owl_imports=False, inplace=True
        )
    except (ConstraintLoadError, ReportableRuntimeError, ShapeLoadError) as error:
        return " ".join(str(error).split())
    severities = {SH.Warning: "warning", SH.Info: "info"}
    return [
        {
            "rule": _named(rules, report.value(result, SH.sourceShape)),
            "focus": str(report.value(result, SH.focusNode)),
            "component": str(report.value(result, SH.sourceConstraintComponent)),
            "severity": severities.get(report.value(result, SH.resultSeverity), "violation"),
            "message": [
                (getattr(message, "language", None) or "", str(message))
                for message in report.objects(result, SH.resultMessage)
            ],
        }
        for result in report.subjects(RDF.type, SH.ValidationResult)
    ]


def _named(rules: "Graph", shape: Any) -> str:
    """The shape, or the named one that a nameless one is a part of."""
    from rdflib import SH, BNode

    while isinstance(shape, BNode) and (above := rules.value(None, SH.property, shape)):
        shape = above
    return str(shape)


def _main(seconds: int, length: int) -> None:
    confine(memory=MEMORY, seconds=seconds, written=LARGEST_ANSWER)
    given = sys.stdin.buffer.read()
    sys.stdout.write(json.dumps(_found(given[:length], given[length:])))
    sys.stdout.flush()
    # Nothing is left to do, and tearing down what hostile rules built can take long.
    os._exit(0)


if __name__ == "__main__":
    _main(int(sys.argv[1]), int(sys.argv[2]))
