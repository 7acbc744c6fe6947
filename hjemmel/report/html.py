"""The report as one web page that needs nothing else: read on a screen, or printed on A4."""

from collections.abc import Iterable
from datetime import date
from importlib.resources import files
from typing import BinaryIO

from markupsafe import Markup

from hjemmel.report import IN_ORDER, Entry, Law, Quote, Report

PAGE = Markup(
    '<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{heading}: {title}</title>\n'
    "<style>\n{style}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
)


def write(report: Report, file: BinaryIO) -> None:
    """Write the page in UTF-8."""
    style = files(__package__).joinpath("report.css").read_text(encoding="utf-8")
    parts: list[Markup | None] = [_head(report), _summary(report), _findings(report)]
    for title, lead, entries in report.sections():
        told = (_full(entry, report) for entry in entries)
        parts.append(_section(title, (Markup("<p>{}</p>").format(lead), *told)))
    parts += [_own(report), _laws(report), _facts(report)]
    page = PAGE.format(
        language=report.language,
        heading=report.say("title"),
        title=report.title,
        style=Markup(style),
        body=Markup("\n").join(filter(None, parts)),
    )
    file.write(page.encode())


def _head(report: Report) -> Markup:
    said = report.say
    as_of = report.day(report.judgement.as_of)
    return Markup(
        '<header>\n<p class="kind">{}</p>\n<h1>{}</h1>\n<p>{} {}. {}: {}</p>\n<p class="soft">{}</p>\n</header>'
    ).format(
        said("title"),
        report.title,
        said("as of"),
        as_of,
        said("basis"),
        dict(report.facts)[said("basis")],
        said("caution"),
    )


def _summary(report: Report) -> Markup:
    rows = [[name, *(number or "–" for number in counts)] for name, counts in report.table()]
    heads = [report.say("result"), *map(report.say, report.strengths()), report.say("all")]
    return _section(
        report.say("summary"), (Markup("<p>{}</p>").format(report.counted()), _table(heads, rows, kind="counts"))
    )


def _findings(report: Report) -> Markup:
    parts = []
    for group, entries in report.groups():
        lead = Markup("<p>{}</p>").format(report.say("refused lead")) if group == "refused" else Markup("")
        drawn = [_short(entries, report)] if group in IN_ORDER else [_full(entry, report) for entry in entries]
        parts.append(
            Markup("<section>\n<h3>{} ({})</h3>\n{}{}</section>").format(
                report.say(group), len(entries), lead, Markup("\n").join(drawn)
            )
        )
    return _section(report.say("findings"), parts)


def _full(entry: Entry, report: Report) -> Markup:
    said = report.say
    lines = [
        Markup('<article class="{}" id="f{}">\n<h4>{}. {}</h4>\n<p>{}</p>').format(
            entry.group, entry.number, entry.number, entry.label, entry.message
        ),
        Markup('<p class="basis"><b>{}:</b> {}{} · {} · {}</p>').format(
            said("legal basis"),
            entry.finding.legal_basis,
            _note(entry),
            said(entry.finding.strength),
            said(entry.state),
        ),
        *map(_quote, entry.quotes),
    ]
    if entry.reviewed_on:
        lines.append(Markup('<p class="soft">{}: {}</p>').format(said("state"), report.review(entry)))
    if entry.finding.searched or entry.nearest:
        near = Markup("").join(map(_quote, entry.nearest))
        lines.append(Markup('<div class="soft">{}{}</div>').format(report.search(entry), near))
    return Markup("\n").join([*lines, _advice(entry, report), Markup("</article>")])


def _advice(entry: Entry, report: Report) -> Markup:
    """What guidance says the agreement should describe, point by point, and where it perhaps does."""
    if not entry.advice:
        return Markup("")
    said = report.say
    points = Markup("\n").join(
        Markup('<li>{} <cite>{} · {}</cite><br><span class="soft">{}</span>{}</li>').format(
            one.point.shown,
            one.point.place,
            said(one.force),
            said("perhaps spoken of") if one.spoken_of else said("not spoken of"),
            Markup("").join(map(_quote, one.spoken_of)),
        )
        for one in entry.advice
    )
    return Markup('<p>{}</p>\n<ul class="advice">\n{}\n</ul>').format(said("advice"), points)


def _short(entries: Iterable[Entry], report: Report) -> Markup:
    said = report.say
    rows = [
        [
            entry.number,
            Markup('{}<br><span class="soft">{}{}, {}</span>').format(
                entry.label, entry.finding.legal_basis, _note(entry), said(entry.finding.strength)
            ),
            (Markup("").join(map(_quote, entry.quotes)) or Markup("{}").format(entry.message)) + _advice(entry, report),
            report.review(entry),
        ]
        for entry in entries
    ]
    return _table([said("number"), said("requirement"), said("quote"), said("state")], rows, kind="entries")


def _own(report: Report) -> Markup | None:
    if report.own is None:
        return None
    said = report.say
    rows = [
        [
            one.said(report.language),
            said(one.severity),
            Markup('{}<br><span class="soft">{}</span>').format(one.name, one.source or one.file),
            _quote(Quote(one.evidence.quote, one.evidence.place, one.evidence.start, one.evidence.end))
            if one.evidence
            else "",
        ]
        for one in report.own
    ]
    heads = [said("message"), said("severity"), said("source"), said("quote")]
    drawn = _table(heads, rows, kind="own") if rows else Markup("<p>{}</p>").format(said("own none"))
    return _section(said("own"), (Markup("<p>{}</p>").format(said("own lead")), drawn))


def _laws(report: Report) -> Markup | None:
    if not report.laws:
        return None
    notes = Markup("\n").join(
        Markup('<p class="law" id="l{}"><b>[{}] {}</b> {}</p>').format(law.number, law.number, _basis(law), law.words)
        for law in report.laws
    )
    lead = report.say("laws lead", date=report.day(report.judgement.as_of))
    return _section(report.say("laws"), (Markup('<p class="soft">{}</p>').format(lead), notes))


def _basis(law: Law) -> str | Markup:
    return Markup('<a href="{}" rel="noreferrer">{}</a>').format(law.address, law.basis) if law.address else law.basis


def _facts(report: Report) -> Markup:
    rows = Markup("\n").join(
        Markup('<tr><th scope="row">{}</th><td>{}</td></tr>').format(
            name, report.day(value) if isinstance(value, date) else value
        )
        for name, value in report.facts
    )
    return _section(report.say("facts"), (Markup('<table class="facts">\n{}\n</table>').format(rows),))


def _quote(quote: Quote) -> Markup:
    return Markup("<blockquote>{} <cite>{}</cite></blockquote>").format(quote.shown, quote.place)


def _note(entry: Entry) -> Markup:
    return Markup(' <a href="#l{}">[{}]</a>').format(entry.law, entry.law) if entry.law else Markup("")


def _table(heads: Iterable[str], rows: Iterable[Iterable[object]], *, kind: str) -> Markup:
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(name) for name in heads)
    body = Markup("\n").join(
        Markup("<tr>{}</tr>").format(Markup("").join(Markup("<td>{}</td>").format(cell) for cell in row))
        for row in rows
    )
    return Markup('<table class="{}">\n<thead><tr>{}</tr></thead>\n<tbody>\n{}\n</tbody>\n</table>').format(
        kind, head, body
    )


def _section(title: str, parts: Iterable[Markup]) -> Markup:
    return Markup("<section>\n<h2>{}</h2>\n{}\n</section>").format(title, Markup("\n").join(parts))
