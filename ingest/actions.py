"""What a norm tells somebody to do: the verbs that follow its modal word, in their dictionary form."""

from dataclasses import dataclass

from ingest.predicates import ADVERBS, Word
from ingest.verbs import infinitive, may_be_noun, participle, passive

PREPOSITIONS = frozenset(
    [
        "i",
        "på",
        "til",
        "av",
        "for",
        "med",
        "ved",
        "om",
        "fra",
        "frå",
        "under",
        "mellom",
        "etter",
        "hos",
        "mot",
        "gjennom",
        "innen",
        "innan",
        "uten",
        "utan",
        "over",
        "før",
        "per",
        "mellom",
    ]
)
DETERMINERS = frozenset(
    [
        "en",
        "et",
        "ei",
        "ein",
        "eit",
        "den",
        "det",
        "de",
        "dei",
        "alle",
        "denne",
        "dette",
        "disse",
        "disse",
        "sin",
        "si",
        "sitt",
        "sine",
        "felles",
        "egen",
        "eigen",
        "eget",
    ]
)
BECOME = frozenset(["bli", "verte", "være", "vere"])
# Adjectives in the form of a participle: "være representert" is a state, no deed.
ADJECTIVES = frozenset(
    [
        "representert",
        "kjent",
        "avhengig",
        "ansvarlig",
        "basis",
        "fornøyd",
        "konsensusbasert",
        "enig",
        "bestemt",
        "oppdatert",
    ]
)
# What belongs to the verb, by the verb ("" for any): next to it, or after a short object ("legges saken fram").
PARTICLES = frozenset(["opp", "ut", "inn", "fram", "frem", "ned", "bort", "tilbake"])
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


@dataclass(frozen=True, slots=True)
class Action:
    """A verb at word `place` in its dictionary form with what belongs to it ("følge opp"), and whether it is passive."""

    place: int
    verb: str
    passive: bool = False


def actions(said: list[Word], first: int, last: int) -> list[Action]:
    """The verbs of an infinitive clause from word `first` on: one, or more that are coordinated with it.

    >>> from ingest.predicates import words
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


def complete(said: list[Word], verb: str, place: int, last: int) -> str:
    """A verb with its particle or fixed complement: "legge … fram", "gjøre … kjent".

    >>> from ingest.predicates import words
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
        if word in PARTICLES:
            return f"{verb} {word}"
        if word in PREPOSITIONS or not word[0].isalnum():
            break
    return verb


def _first(said: list[Word], first: int, last: int) -> int | None:
    inside = 0
    for place in range(first, last):
        word = said[place]
        inside += (word.kind == "open") - (word.kind == "close")
        if inside <= 0 and _is_infinitive(said, place):
            return place
    # A verb that is in no table: the word after the modal verb and its adverbs.
    for place in range(first, last):
        word = said[place]
        if word.text not in ADVERBS and word.text != "å":
            known = word.kind == "word" and len(word.text) > 3 and word.text.endswith(("e", "es", "ast"))
            return place if known and not word.text.endswith(("ende", "ene", "ane", "ige", "lege")) else None
    return None


def _is_infinitive(said: list[Word], place: int) -> bool:
    word, before = said[place], said[place - 1].text if place else ""
    if before in ("seg", "å") and place > 1 and said[place - 2].text in ("lar", "let", "for", "med"):
        # "så langt det lar seg gjøre", "for å sikre"
        return False
    if infinitive(word.text):
        return not (
            may_be_noun(word.text) and (before in PREPOSITIONS or before in DETERMINERS or before.endswith("-"))
        )
    return passive(word.text) is not None


def _joined(said: list[Word], verb: int, place: int) -> bool:
    """Whether a verb is coordinated with an earlier one, and not with another verb between them."""
    start = place - 1
    while start > verb and said[start].text in ADVERBS:
        start -= 1
    if start <= verb or said[start].kind not in ("coordinator", "comma"):
        return False
    between = said[verb + 1 : start]
    after_comma = said[start].kind == "comma" or (bool(between) and between[-1].kind == "comma")
    nested = max(
        (index for index, word in enumerate(between) if word.text == "å" or word.kind == "subordinator"), default=None
    )
    if nested is None or after_comma:
        return said[start].kind == "coordinator" or nested is None or _list_goes_on(said, place)
    # "… om forhold som kan ha betydning, herunder rutiner, og sørge for": the clause within has ended at a comma.
    return between[nested].kind == "subordinator" and any(word.kind == "comma" for word in between[nested:])


def _list_goes_on(said: list[Word], place: int) -> bool:
    return any(word.kind == "coordinator" for word in said[place + 1 :])


def _action(said: list[Word], place: int, last: int) -> Action:
    """The verb at a place; after "være", "bli" and "ha" that of a following participle."""
    text = said[place].text
    if text in BECOME or text == "ha":
        for later in range(place + 1, min(last, place + 4)):
            word = said[later]
            if word.text in PREPOSITIONS or word.text in DETERMINERS or not word.text[0].isalnum():
                break
            verb = participle(word.text)
            if verb and word.text not in ADVERBS and word.text not in ADJECTIVES and not infinitive(word.text):
                # "skal ha avklart ansvar" has an object, "skal ha undersøkt pasienten" a deed: only time will tell.
                return Action(later, complete(said, verb, later, last), passive=text in BECOME)
    if text == "få" and place + 1 < last and (verb := infinitive(said[place + 1].text)):
        return Action(place + 1, f"få {verb}")
    if verb := infinitive(text):
        written = text if text.endswith("e") or not text.endswith("a") else verb
        return Action(place, complete(said, written, place, last))
    verb = passive(text)
    deponent = verb is not None and verb.endswith("s")
    return Action(place, complete(said, verb or text, place, last), passive=not deponent and verb is not None)
