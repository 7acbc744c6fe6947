"""What people call a part of the agreements, and what belongs to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Self

from hjemmel.comparison.words import words_of_ours


class UnknownTopicError(LookupError):
    """A topic that is not known; the message says which there are."""


@dataclass(frozen=True, slots=True)
class Topic:
    """The requirements, terms and bodies of a topic; None stands for all.

    A requirement is named by its notation and stands for those below it, too; "6-5:" is all of § 6-5.
    """

    requirements: Sequence[str] | None = None
    fields: Sequence[str] | None = ()
    bodies: bool = False

    @classmethod
    def everything(cls) -> Self:
        """All there is."""
        return cls(None, None, True)

    def takes_in(self, requirement: str) -> bool:
        """Whether a requirement belongs to the topic.

        >>> Topic(["6-5:"]).takes_in("6-5:oppsigelse"), Topic(["V:uenighet"]).takes_in("V:uenighet-endring")
        (True, True)
        >>> Topic(["6-2:1"]).takes_in("6-2:10")
        False
        """
        return self.requirements is None or any(
            requirement == known or requirement.startswith(known if known.endswith(":") else f"{known}-")
            for known in self.requirements
        )


def topic_of(name: str) -> Topic:
    """The topic of this name, or the requirements that the words are search terms of.

    >>> topic_of("tvisteløsning").fields, topic_of("beredskap").requirements
    (('dispute_steps',), ('6-2:11',))
    """
    plain = name.casefold().strip()
    for called, told in topics().items():
        if plain == called or plain in told["words"]:
            return Topic(tuple(told.get("requirements", ())), tuple(told.get("fields", ())), "bodies" in told)
    from ontology.topics import requirement_topics

    found = dict.fromkeys(
        topic.key for topic in requirement_topics().find(name) if topic.strength != "weak" and ":" in topic.key
    )
    notations = tuple(key for key in found if not key.startswith("http"))
    if not notations:
        raise UnknownTopicError(
            f"There is no topic {name!r}: try {', '.join(topics())}, or what a requirement is about."
        )
    return Topic(notations)


@cache
def topics() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """The topics of words.toml by their names."""
    found: Mapping[str, Mapping[str, Sequence[str]]] = words_of_ours()["topics"]
    return found
