"""The bodies in which the parties work together, and what a document says of each."""

from ingest.bodies.body import Body, Fact
from ingest.bodies.description import Description
from ingest.bodies.membership import Seats
from ingest.clause import Structure

__all__ = ["Body", "Fact", "Seats", "bodies"]


def bodies(structure: Structure) -> tuple[Body, ...]:
    """The bodies that a document sets up or describes, in the order it names them.

    >>> from ingest.structure import structure
    >>> text = "1 Møte\\n\\nPartnerskapsmøtet møtes årlig.\\n\\n2 SSU\\n\\nSSU rapporterer til partnerskapsmøtet.\\n"
    >>> [(body.slug, [fact.value for fact in body.facts]) for body in bodies(structure(text))]
    [('partnerskapsmote', ['1', 'P1Y']), ('strategisk-samarbeidsutvalg', ['2', 'partnerskapsmote'])]
    """
    return tuple(Description(structure).bodies())
