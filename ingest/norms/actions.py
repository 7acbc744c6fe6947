"""What a norm tells somebody to do: the verbs that follow its modal word, in their dictionary form."""

from collections.abc import Sequence
from typing import NamedTuple

from ingest.norms.predicates import FINITE, Word
from ingest.norms.verbs import infinitive, may_be_noun, participle, passive
from ingest.norms.vocabulary import words_of

BECOME = frozenset(["bli", "verte", "være", "vere"])
# What belongs to the verb, by the verb ("" for any): next to it, or after a short object ("legges saken fram").
NEXT_TO = {
    "sette": ("av", "i verk", "i gang", "i stand"),
    "setje": ("av", "i verk", "i gang"),
    "ta": ("over", "imot", "i bruk", "vare på"),
    "gå": ("gjennom", "over"),
    "tre": ("i kraft",),
    "melde": ("fra", "frå"),
    "skrive": ("under",),
    "legge": ("til rette", "til grunn", "vekt på"),
    "leggje": ("til rette", "til grunn", "vekt på"),
    "ha": ("ansvar",),
    "telle": ("med",),
    "telje": ("med",),
    "passe": ("sammen", "saman"),
    "søke": ("løst", "avklart"),
    "komme": ("sammen",),
}
LATER = {
    "gjøre": ("kjent", "tilgjengelig", "rede"),
    "gjere": ("kjend", "kjent", "tilgjengeleg"),
    "holde": ("informert", "orientert", "oppdatert"),
    "halde": ("informert", "orientert", "oppdatert"),
    "legge": ("til rette",),
    "leggje": ("til rette",),
    "sette": ("i verk",),
    "setje": ("i verk",),
}
OBJECT = 4
"""So many words may stand between a verb and what belongs to it."""


class Action(NamedTuple):
    """A verb at word `place`, in its dictionary form with what belongs to it ("følge opp"); passive or not."""

    place: int
    verb: str
    passive: bool = False


def actions(said: Sequence[Word], first: int, last: int) -> list[Action]:
    """The verbs of an infinitive clause from word `first` on: one, or more that are coordinated with it.

    >>> from ingest.norms.predicates import words
    >>> found = words("innkalle til møter, legge til rette for å utvikle og bruke rutiner, og følge opp vedtak")
    >>> [action.verb for action in actions(found, 0, len(found))]
    ['innkalle', 'legge til rette', 'følge opp']
    """
    place = _first(said, first, last)
    if place is None:
        return []
    found = [_action(said, place, last)]
    perfect = said[place].text == "ha" and found[0].place != place
    position = found[0].place + 1
    while position < last:
        joined = _joined(said, found[-1].place, position)
        if joined and perfect and (verb := participle(said[position].text)):
            found.append(Action(position, verb))
        elif joined and _is_infinitive(said, position) and not may_be_noun(said[position].text):
            found.append(_action(said, position, last))
            position = found[-1].place
        position += 1
    return found


def complete(said: Sequence[Word], verb: str, place: int, last: int) -> str:
    """A verb with its particle or fixed complement: "legge … fram", "gjøre … kjent".

    >>> from ingest.norms.predicates import words
    >>> complete(words("legges saken fram for utvalget"), "legge", 0, 5)
    'legge fram'
    """
    following = [word.text for word in said[place + 1 : min(last, place + 1 + OBJECT + 2)]]
    for phrase in NEXT_TO.get(verb, ()):
        if following[: phrase.count(" ") + 1] == phrase.split():
            return f"{verb} {phrase}"
    for distance, word in enumerate(following[: OBJECT + 1]):
        for phrase in LATER.get(verb, ()):
            if following[distance : distance + phrase.count(" ") + 1] == phrase.split():
                return f"{verb} {phrase}"
        if word in words_of("particle"):
            return f"{verb} {word}"
        if word in words_of("preposition") or not word[0].isalnum():
            break
    return verb


def _first(said: Sequence[Word], first: int, last: int) -> int | None:
    inside = 0
    for place in range(first, last):
        word = said[place]
        inside += (word.kind == "open") - (word.kind == "close")
        if inside <= 0 and _is_infinitive(said, place) and (place == first or said[place - 1].text != "å"):
            return place
    # A verb that is in no table: the word after the modal verb and its adverbs.
    for place in range(first, last):
        word = said[place]
        if word.text not in words_of("adverb") and word.text != "å":
            # Words of three letters are pronouns and numerals ("noe", "mye", "tre"), but "øse" and "åle" are verbs.
            long = len(word.text) > (2 if word.text[0] in "æøå" else 3)
            known = word.kind == "word" and long and word.text.endswith(("e", "es", "ast"))
            return place if known and not word.text.endswith(("ende", "ene", "ane", "ige", "lege")) else None
    return None


def _is_infinitive(said: Sequence[Word], place: int) -> bool:
    word, before = said[place], said[place - 1].text if place else ""
    if before == "seg" and place > 1 and said[place - 2].text in ("lar", "let"):
        return False  # "så langt det lar seg gjøre"
    if infinitive(word.text):
        if before in words_of("pronoun") and place > 1 and said[place - 2].kind == "modal":
            return True  # "skal de avtale"
        return not (
            may_be_noun(word.text)
            and (before in words_of("preposition") or before in words_of("determiner") or before.endswith("-"))
        )
    return passive(word.text) is not None


def _joined(said: Sequence[Word], verb: int, place: int) -> bool:
    """Whether a verb is coordinated with an earlier one, and not with another verb between them."""
    start = place - 1
    while start > verb and said[start].text in words_of("adverb"):
        start -= 1
    if start <= verb or said[start].kind not in ("coordinator", "comma"):
        return False
    between = said[verb + 1 : start]
    after_comma = said[start].kind == "comma" or (bool(between) and between[-1].kind == "comma")
    nested = max(
        (index for index, word in enumerate(between) if word.text == "å" or _opens(between, index)), default=None
    )
    if nested is None or after_comma:
        return said[start].kind == "coordinator" or nested is None or _list_goes_on(said, place)
    # "… om forhold som kan ha betydning, herunder rutiner, og sørge for": the clause within has ended at a comma.
    return between[nested].kind == "subordinator" and any(word.kind == "comma" for word in between[nested:])


def _opens(between: Sequence[Word], place: int) -> bool:
    """Whether a clause of its own begins here, and not a comparison ("sykehus som partner")."""
    return between[place].kind == "subordinator" and any(word.kind in FINITE for word in between[place:])


def _list_goes_on(said: Sequence[Word], place: int) -> bool:
    return any(word.kind == "coordinator" for word in said[place + 1 :])


def _action(said: Sequence[Word], place: int, last: int) -> Action:
    """The verb at a place; after "være", "bli" and "ha" that of a following participle."""
    text = said[place].text
    if text in BECOME or text == "ha":
        for later in range(place + 1, min(last, place + 4)):
            word = said[later]
            if (
                word.text in words_of("preposition")
                or word.text in words_of("determiner")
                or not word.text[0].isalnum()
            ):
                break
            verb = participle(word.text)
            if (
                verb
                and word.text not in words_of("adverb")
                and word.text not in words_of("adjective")
                and not infinitive(word.text)
            ):
                # "skal ha avklart ansvar" has an object, "skal ha undersøkt pasienten" a deed: only time will tell.
                return Action(later, complete(said, verb, later, last), passive=text in ("bli", "verte"))
    if text == "få" and place + 1 < last and (verb := infinitive(said[place + 1].text)):
        return Action(place + 1, f"få {verb}")
    if verb := infinitive(text):
        written = text if text.endswith("e") or not text.endswith("a") else verb
        return Action(place, complete(said, written, place, last))
    verb = passive(text)
    if verb is None:
        # A verb that is in no table, by its ending.
        ending = next((ending for ending in ("es", "ast") if text.endswith(ending)), "")
        return Action(place, f"{text.removesuffix(ending)}e" if ending else text, passive=bool(ending))
    return Action(place, complete(said, verb, place, last), passive=not verb.endswith("s"))
