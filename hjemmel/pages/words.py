"""Every text of the pages that is not in the graph, in bokmål and English."""

import re
from typing import Literal

import streamlit as st

Language = Literal["nb", "en"]

WORDS: dict[str, tuple[str, str]] = {
    # The frame
    "ask": ("Spør", "Ask"),
    "matrix": ("Kravmatrise", "Requirements"),
    "findings": ("Funn", "Findings"),
    "reader": ("Dokument", "Document"),
    "other language": ("In English", "På norsk"),
    "opens": ("Åpner dokumentene …", "Opening the documents …"),
    "no store": ("Dokumentene kan ikke åpnes. {reason}", "The documents cannot be opened. {reason}"),
    # Ask
    "ask title": ("Hva står i samarbeidsavtalene?", "What do the cooperation agreements say?"),
    "question": ("Spørsmål", "Question"),
    "placeholder": (
        "For eksempel: Hvilke klausuler gjennomfører § 6-2 nr. 13?",
        "For example: Which clauses implement § 6-2 no. 13?",
    ),
    "do ask": ("Spør", "Ask"),
    "examples": ("Du kan spørre slik", "You can ask like this"),
    "in store": ("{n} dokumenter er lest {day}: {kinds}.", "{n} documents were read on {day}: {kinds}."),
    "excerpts": (" {n} er utdrag, der noe mangler.", " {n} are excerpts, in which something is missing."),
    "is excerpt": ("utdrag", "excerpt"),
    "not here": ("Mangler her: {what}", "Missing here: {what}"),
    "understood": ("Forstått som", "Understood as"),
    "without a hit": ("Søkt uten treff", "Searched without a hit"),
    "suggestions": ("Prøv heller", "Try instead"),
    "searched": ("Søkt i", "Searched"),
    "searched none": ("ikke funnet", "not found"),
    "searched not_assessable": ("? kan ikke vurderes", "? cannot be assessed"),
    "nearest": ("Nærmest:", "Nearest:"),
    "no candidate": ("Ingen bestemmelse er i nærheten.", "No provision comes near."),
    "sparql": ("Spørsmålet som SPARQL", "The question as SPARQL"),
    "more": ("Vis {n} til", "Show {n} more"),
    "column requirement": ("Krav", "Requirement"),
    "column region": ("Helsefellesskap", "Health community"),
    "column document": ("Dokument", "Document"),
    "column provision": ("Bestemmelse i lov", "Provision of law"),
    "column date": ("Dato", "Date"),
    "column coverage": ("Dekning", "Coverage"),
    "column strength": ("Sikkerhet", "Certainty"),
    "column review": ("Kontroll", "Review"),
    "column obligation": ("Styrke", "Strength"),
    "column value": ("Lest som", "Read as"),
    "column kind": ("Type", "Kind"),
    "column status": ("Status", "Status"),
    "column law": ("Lov", "Act"),
    "column target": ("Viser til", "Refers to"),
    "column party": ("Part", "Party"),
    "column body": ("Organ", "Body"),
    "column made_on": ("Dato", "Date"),
    "column missing_part": ("Mangler her", "Missing here"),
    "column publisher": ("Utgiver", "Publisher"),
    "column identifier": ("Navn i adressen", "Name in the address"),
    "column applies_from": ("Gjelder fra", "Applies from"),
    "column applies_to": ("Gjelder til", "Applies to"),
    "column definition": ("Innhold", "Content"),
    "column order": ("Trinn", "Step"),
    # A quote
    "open": ("Vis i dokumentet", "Show in the document"),
    "legal basis": ("Hjemmel", "Legal basis"),
    "strength": ("Styrke", "Strength"),
    "sureness": ("Sikkerhet", "Certainty"),
    "coverage": ("Dekning", "Coverage"),
    "requirement": ("Krav", "Requirement"),
    "strength obligation": ("skal", "must"),
    "strength recommendation": ("bør", "should"),
    "strength permission": ("kan", "may"),
    "sureness explicit": ("uttrykkelig", "explicit"),
    "sureness topical": ("etter tema", "by topic"),
    "sureness weak": ("forslag", "suggestion"),
    "coverage covers": ("dekker kravet", "covers the requirement"),
    "coverage partly": ("dekker kravet delvis", "covers the requirement in part"),
    "coverage delegates": ("viser til et annet dokument", "refers to another document"),
    "coverage mentions": ("nevner bare", "only mentions"),
    "coverage contradicts": ("i strid med kravet", "contradicts the requirement"),
    "review candidate": ("ikke bekreftet av noen", "not confirmed by anyone"),
    "review confirmed": ("bekreftet", "confirmed"),
    "review corrected": ("rettet", "corrected"),
    "review rejected": ("avvist", "rejected"),
    "status draft": ("utkast", "draft"),
    "status hearing": ("høringsutkast", "consultation draft"),
    "status adopted": ("vedtatt", "adopted"),
    "status signed": ("signert", "signed"),
    "status superseded": ("erstattet", "superseded"),
    "one agreement": ("1 samarbeidsavtale", "1 cooperation agreement"),
    "many agreement": ("{n} samarbeidsavtaler", "{n} cooperation agreements"),
    "one guidance": ("1 veileder", "1 guidance"),
    "many guidance": ("{n} veiledere", "{n} guidances"),
    "one meeting papers": ("1 sett møtepapirer", "1 set of meeting papers"),
    "many meeting papers": ("{n} sett møtepapirer", "{n} sets of meeting papers"),
    "kind agreement": ("samarbeidsavtale", "cooperation agreement"),
    "kind guidance": ("veileder", "guidance"),
    "kind meeting papers": ("møtepapirer", "meeting papers"),
    "ledd 1": ("første ledd", "first paragraph"),
    "ledd 2": ("andre ledd", "second paragraph"),
    "ledd 3": ("tredje ledd", "third paragraph"),
    "ledd 4": ("fjerde ledd", "fourth paragraph"),
    "ledd 5": ("femte ledd", "fifth paragraph"),
    "one Y": ("1 år", "1 year"),
    "many Y": ("{n} år", "{n} years"),
    "one M": ("1 måned", "1 month"),
    "many M": ("{n} måneder", "{n} months"),
    "one W": ("1 uke", "1 week"),
    "many W": ("{n} uker", "{n} weeks"),
    "one D": ("1 dag", "1 day"),
    "many D": ("{n} dager", "{n} days"),
    # Results: a sign, and the word that says the same
    "fulfilled": ("oppfylt", "fulfilled"),
    "partly": ("delvis", "partly"),
    "missing": ("mangler", "missing"),
    "conflict": ("i strid", "in conflict"),
    "not_assessable": ("kan ikke vurderes", "cannot be assessed"),
    "not_applicable": ("gjaldt ikke ved inngåelsen", "did not apply when made"),
    "silent": ("ikke nevnt", "not mentioned"),
    # The matrix
    "matrix title": ("Hva loven krever, og hva avtalene sier", "What the law requires, and what the agreements say"),
    "matrix lead": (
        "Velg en rute for å se ordene bak. Vurderingen er gjort av maskin og er ikke bekreftet av noen.",
        "Choose a cell to see the words behind it. The assessment is made by machine and confirmed by no one.",
    ),
    "which requirements": ("Hvilke krav", "Which requirements"),
    "all requirements": ("Alle krav", "All requirements"),
    "guidance only": ("Veilederen", "The guidance"),
    "signs": ("Tegn", "Signs"),
    "in all": ("Samme krav i de andre avtalene", "The same requirement in the other agreements"),
    # Findings
    "findings title": ("Funn: {document}", "Findings: {document}"),
    "agreement": ("Avtale", "Agreement"),
    "as of": ("Krav etter", "Requirements by"),
    "when made": ("loven da avtalen ble inngått", "the law when the agreement was made"),
    "today": ("loven i dag", "the law today"),
    "summary": ("{all} krav er vurdert: {counts}.", "{all} requirements were assessed: {counts}."),
    "in group": ("{n} {group}", "{n} {group}"),
    "no date": (
        "Dokumentet har ingen dato og vurderes etter loven i dag.",
        "The document has no date and is judged by the law today.",
    ),
    "group conflict": ("I strid med loven", "In conflict with the law"),
    "group missing": ("Mangler, og skal være med", "Missing, and must be there"),
    "group partly": ("Bare delvis", "Only in part"),
    "group should": ("Bør være med", "Should be there"),
    "group information": ("Til orientering", "For information"),
    "group not_assessable": ("Kan ikke vurderes", "Cannot be assessed"),
    "group fulfilled": ("Oppfylt", "Fulfilled"),
    "no agreements": ("Det er ingen avtaler her ennå.", "There are no agreements here yet."),
    "one finding": ("1 funn", "1 finding"),
    "many findings": ("{n} funn", "{n} findings"),
    "group not_applicable": ("Gjaldt ikke ved inngåelsen", "Did not apply when the agreement was made"),
    "show all": ("Vis alle {n}", "Show all {n}"),
    "searched for": ("Søkt etter {n} uttrykk uten å finne dem", "Searched in vain for {n} expressions"),
    "together": ("{one} sammen med {other}", "{one} together with {other}"),
    # The reader
    "outline": ("Innhold", "Contents"),
    "legend": ("Merker i teksten", "Marks in the text"),
    "mark citation": ("henvisning til lov", "reference to law"),
    "mark claim": ("bestemmelse som svarer på et krav", "provision that answers a requirement"),
    "mark here": ("stedet du kom for", "the place you came for"),
    "about clause": ("Om {place}", "About {place}"),
    "about document": ("Om dokumentet", "About the document"),
    "answers to": ("Svarer på", "Answers to"),
    "refers to": ("Viser til", "Refers to"),
    "nothing known": (
        "Ingen krav eller henvisninger er funnet i denne bestemmelsen.",
        "No requirement or reference was found in this provision.",
    ),
    "choose clause": (
        "Velg et punkt for å se hva som er kjent om det.",
        "Choose a clause to see what is known about it.",
    ),
    "no such document": (
        "Adressen nevner dokumentet «{document}», som ikke finnes her. Velg et av dokumentene.",
        "The address names the document “{document}”, which is not here. Choose one of the documents.",
    ),
    "choose document": ("Dokument", "Document"),
    "region": ("Helsefellesskap", "Health community"),
    "status": ("Status", "Status"),
    "made on": ("Dato", "Date"),
    "kind": ("Type", "Kind"),
    "source": ("Kilde", "Source"),
    "missing part": ("Mangler i teksten her", "Missing from the text here"),
    "publisher": ("Utgiver", "Publisher"),
    "to findings": ("Funn i avtalen", "Findings in the agreement"),
    "place": ("Sted", "Place"),
    "document": ("Dokument", "Document"),
}

EXAMPLES: dict[Language, tuple[str, ...]] = {
    "nb": (
        "Hvilke klausuler gjennomfører § 6-2 nr. 13 i alle helsefellesskap?",
        "Hvilke krav mangler?",
        "Hva er oppsigelsesfristen?",
        "Hvem godkjenner avtalen?",
        "Hva sier veilederen om § 6-2 nr. 12?",
        "Hvilke lover viser avtalene til?",
    ),
    "en": (
        "Which clauses implement § 6-2 no. 13 in all health communities?",
        "Which requirements are missing?",
        "What is the notice of termination?",
        "Who approves the agreement?",
        "What does the guidance say about § 6-2 no. 12?",
        "Which laws do the agreements refer to?",
    ),
}

SIGNS = {
    "fulfilled": "✓",
    "partly": "◐",
    "missing": "✕",
    "conflict": "⚠",
    "not_assessable": "?",
    "not_applicable": "–",
    # The law applies although the agreement is silent, or the guidance only advises.
    "silent": "○",
}

MONTHS = (
    "januar februar mars april mai juni juli august september oktober november desember",
    "January February March April May June July August September October November December",
)


def language() -> Language:
    """The language of the page: bokmål, unless the address says English."""
    return "en" if st.query_params.get("lang") == "en" else "nb"


def say(key: str, **values: object) -> str:
    """A text in the page's language, its gaps filled."""
    words = WORDS[key][language() == "en"]
    return words.format(**values) if values else words


def name(kind: str, code: object) -> str:
    """The word for one of the graph's own values, such as a status; a value without one is left as it is."""
    key = f"{kind} {code or ''}"
    return say(key) if key in WORDS else str(code or "")


def day(written: object) -> str:
    """A date as people write it; what is not a date is left as it is."""
    year, _, rest = str(written)[:10].partition("-")
    month, _, number = rest.partition("-")
    if not (year.isdigit() and month.isdigit() and number.isdigit()):
        return str(written)
    english = language() == "en"
    return f"{int(number)}{' ' if english else '. '}{MONTHS[english].split()[int(month) - 1]} {year}"


def counted(number: int, one: str, many: str) -> str:
    """A number of things, by the keys for one and for several."""
    return say(one) if number == 1 else say(many, n=number)


def period(written: object) -> str:
    """A duration such as P1Y or P3M in words; anything else as it is."""
    found = re.fullmatch(r"P(\d+)([YMWD])", str(written))
    return counted(int(found[1]), f"one {found[2]}", f"many {found[2]}") if found else str(written)


def listed(parts: list[str]) -> str:
    """Words with commas and an "og" before the last."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {'and' if language() == 'en' else 'og'} {parts[-1]}"


def norwegian_order(word: str) -> tuple[int, ...]:
    """A key that sorts æ, ø and å last, and numbers in a name by their size.

    >>> sorted(["Østfold", "Ahus", "Årdal", "nr. 13", "nr. 2"], key=norwegian_order)
    ['Ahus', 'nr. 2', 'nr. 13', 'Østfold', 'Årdal']
    """
    key: list[int] = []
    number = ""
    for letter in f"{word.casefold()}\0":
        if letter.isdecimal():
            number += letter
            continue
        if number:
            key += [48, int(number)]
            number = ""
        key.append({"æ": 0x10000, "ä": 0x10000, "ø": 0x10001, "ö": 0x10001, "å": 0x10002}.get(letter, ord(letter)))
    return tuple(key)
