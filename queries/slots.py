"""What a sentence sets a parameter to without naming a thing of law or a place: a body, words, a number, a day."""

import re
from collections.abc import Container, Iterator, Sequence
from datetime import date
from functools import cache

from queries.names import NS, Choice, Known, Mention
from queries.phrases import Phrase
from queries.vocabulary import Word, class_words, classes, listed, months, stem, words


def slots(
    sentence: str,
    spoken: str,
    known: Known,
    *,
    named: Sequence[Mention],
    said: Sequence[Phrase],
    common: Container[str],
) -> Iterator[Mention]:
    """Bodies, actors, strengths, dates, numbers of clauses and words to be found.

    `named` are the names that the sentence holds beside them, `said` its phrases; `common` words end a subject.
    """
    yield from known.bodies(sentence)
    modals = [kind.capitalize() for word in words(sentence) for kind in classes("modal", word.text)]
    for word in words(sentence):
        written = sentence[word.start : word.end]
        # "kommunenes plikter"
        if called := sorted(classes("bearer", word.text) or classes("bearer", word.text.removesuffix("s"))):
            yield Mention(word.start, word.end, {"bearer": tuple(Choice(one, written) for one in called)})
        if called := sorted(classes("strength", word.text)):
            # "Hva skal avtalen beskrive, og hva er bare anbefalt?" asks for both.
            chosen = tuple(
                Choice(f"{NS}{one}", class_words("strength")[one]) for one in dict.fromkeys((*called, *modals))
            )
            yield Mention(word.start, word.end, {"strength": chosen})
    yield from _dates(sentence)
    for phrase in said:
        if phrase.kind == "number":
            yield Mention(phrase.start, phrase.end, {"number": (Choice(phrase.value, phrase.value),)})
        elif phrase.kind == "quotation":
            chosen = (Choice(phrase.value, phrase.value),)
            yield Mention(phrase.start, phrase.end, {"text": chosen, "subject": chosen})
        elif phrase.kind == "following":
            yield from _following(sentence, phrase, spoken, named, said)
    if not any(phrase.kind == "quotation" for phrase in said):
        yield from _subject(sentence, spoken, named, common)


def _following(
    sentence: str, phrase: Phrase, spoken: str, named: Sequence[Mention], said: Sequence[Phrase]
) -> Iterator[Mention]:
    """Words to be found that stand without quotation marks, up to the place they are to be found in."""
    inside = [one for one in named if phrase.start <= one.start < phrase.end]
    places = [one.start for one in inside if "region" in one.choices or "document" in one.choices]
    cited = any("provision" in one.choices or not one.choices for one in inside)
    numbered = any(one.kind == "number" and phrase.start <= one.start < phrase.end for one in said)
    kept = [one for one in words(sentence) if phrase.start <= one.start < min([phrase.end, *places])]
    while kept and kept[-1].text in listed("glue", spoken):
        kept.pop()
    if kept and not cited and not numbered and kept[0].text not in listed("glue", spoken):
        found = sentence[kept[0].start : kept[-1].end]
        yield Mention(kept[0].start, kept[-1].end, {"text": (Choice(found, found),)})


def _subject(sentence: str, spoken: str, named: Sequence[Mention], common: Container[str]) -> Iterator[Mention]:
    """What a case or a decision is about: the words after "om"; of one word its stem, so that any form is found."""
    said = words(sentence)
    places = {one.start for one in named if "region" in one.choices or "document" in one.choices}
    for place, word in enumerate(said[:-1]):
        if word.text in listed("about", spoken) and said[place + 1].start not in places:
            kept: list[Word] = [said[place + 1]]
            for after in said[place + 2 :]:
                if after.text in common or after.start in places:
                    break
                kept.append(after)
            found = sentence[kept[0].start : kept[-1].end]
            value = stem(kept[0].text, spoken) if len(kept) == 1 else found
            yield Mention(kept[0].start, kept[-1].end, {"subject": (Choice(value, found),)})


def _dates(sentence: str) -> Iterator[Mention]:
    """Dates written as 2022-08-01, 1.8.2022 or 1. august 2022."""
    for found in _date().finditer(sentence):
        year, day = (int(found[key] or found[f"{key}2"] or found[f"{key}3"]) for key in ("y", "d"))
        month = int(found["m"] or found["m2"] or months().get((found["name"] or "").lower(), 0))
        try:
            iso = date(year, month, day).isoformat()
        except ValueError:
            continue
        yield Mention(found.start(), found.end(), {"date": (Choice(iso, iso),)})


@cache
def _date() -> re.Pattern[str]:
    month = "|".join(sorted(months(), key=len, reverse=True))
    return re.compile(
        r"\b(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)\b|\b(?P<d2>\d{1,2})\.\s?(?P<m2>\d{1,2})\.\s?(?P<y2>\d{4})\b"
        rf"|\b(?P<d3>\d{{1,2}})\.?\s(?P<name>{month})\s(?P<y3>\d{{4}})\b",
        re.IGNORECASE,
    )
