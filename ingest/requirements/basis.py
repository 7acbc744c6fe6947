"""The legal basis of requirements: which of them a cited provision speaks of."""

from collections import Counter
from functools import cache

from rdflib.namespace import SKOS

from ontology import BASE, HJ, load

# To name these sections is to say that the agreement is made under them. What the parties shall do with it afterwards
# (§§ 6-4, 6-5) takes more words than a section number.
MADE_UNDER = {"6-1:plikt", "2-1e:avtale"}
# So does naming the chapter on cooperation agreements, whose first section is the duty to have one.
CHAPTERS = {"lov/2011-06-24-30/kap-6": "6-1:plikt"}


def required_by(path: str) -> str | None:
    """The requirement that a citation alone speaks of: "§ 6-2 nr. 4" item 4, "§ 6-2 første ledd" § 6-2 as a whole.

    >>> required_by("lov/2011-06-24-30/kap-6"), required_by("lov/2011-06-24-30/kap-3")
    ('6-1:plikt', None)
    """
    if chapter := CHAPTERS.get(path):
        return chapter
    while "/par-" in path and path not in _shared():
        if path in _requirement_by_basis():
            return _requirement_by_basis()[path]
        path = path.rpartition("/")[0]
    return None


def supports(path: str, requirement: str) -> bool:
    """Whether citing this makes sure that a clause speaks of the requirement: its basis, or the section that holds it.

    A section that is itself the basis of another requirement (§ 6-2 as a whole) says too little. An agreement may
    be made under the act as a whole.
    """
    basis = _basis().get(requirement)
    if basis is None:
        return False
    if requirement in MADE_UNDER and basis.startswith(f"{path}/"):
        return True
    if basis.startswith(f"{path}/"):
        return "/par-" in path and required_by(path) is None
    return path == basis or path.startswith(f"{basis}/")


@cache
def _basis() -> dict[str, str]:
    """The path of the legal basis by requirement, without guidance's advice, which no act demands."""
    graph = load()
    return {
        str(notation): str(graph.value(requirement, HJ.legalBasis)).removeprefix(BASE)
        for requirement, notation in graph.subject_objects(SKOS.notation)
        if (requirement, HJ.requirementKind, HJ.Content) in graph
        or (requirement, HJ.requirementKind, HJ.Conduct) in graph
    }


@cache
def _requirement_by_basis() -> dict[str, str]:
    """The requirement that naming a provision is enough for: an item of § 6-2, § 6-2 as a whole, the duty to agree."""
    return {
        path: requirement
        for requirement, path in _basis().items()
        if requirement in MADE_UNDER or requirement.startswith("6-2:")
    }


@cache
def _shared() -> set[str]:
    """Provisions that several requirements rest on (§ 6-2 second ledd): naming one does not tell which is meant."""
    return {path for path, times in Counter(_basis().values()).items() if times > 1}
