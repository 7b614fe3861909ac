"""What a report over offices finds: at whose office things lie, what moved beyond chance, what is owed.

An office's own villages, departments and cases are not another's: what a single book tells by them is told by office
here, and what needs single records (clusters, cases) is left out, with its heading.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from lianxin.core.chance import beyond_chance
from lianxin.core.document import Block, Document, Heading, Paragraph
from lianxin.core.error import UsageError
from lianxin.core.tone import Tone
from lianxin.policies.figure import Against
from lianxin.policies.finding import Finding, Way
from lianxin.policies.outline import BEHIND, CALLED_AFTER
from lianxin.reports.county.figures import facts_table
from lianxin.reports.county.frame import framed
from lianxin.reports.county.pooled import Pooled
from lianxin.reports.county.press import CountyPress
from lianxin.reports.figure.figured import Figured
from lianxin.reports.outline.moved import TEST
from lianxin.reports.outline.spoken import against_text
from lianxin.reports.outline.told import Sentence, enumerated, filled_in, named_few


def told_text(press: CountyPress, text: str) -> Iterator[Paragraph]:
    """The paragraphs of a section, each remembered with the figures in it."""
    for pattern in text.split("\n\n"):
        yield from _told(press, filled_in(press, pattern, _facts(press, pattern)))


def told_findings(press: CountyPress, found: Sequence[Finding]) -> Iterator[Paragraph]:
    """What is found office by office; by what test."""
    tested = False
    for finding in found:
        made = [*_FOUND[finding.way](press, finding)] if finding.way in _FOUND else []
        paragraphs = [one for sentence in made for one in _told(press, sentence)]
        yield from paragraphs
        tested = tested or (finding.way is Way.MOVED and bool(paragraphs))
    if tested:
        yield Paragraph(f"注：{TEST}", Tone.MUTED)


def told_points(press: CountyPress, patterns: Sequence[str]) -> Iterator[Paragraph]:
    """Those of several patterns that have something to tell; one with a figure that no office has is left out."""
    made = []
    for pattern in patterns:
        try:
            made.append(filled_in(press, pattern, _facts(press, pattern)))
        except UsageError:
            continue
    for one in enumerated(made):
        yield from _told(press, one)


def opened_report(found: Pooled, title: str, sentences: Sequence[Sentence]) -> Document:
    """Every sentence that tells something, with the offices' records behind it and the commit each was read from."""
    blocks: list[Block] = []
    for n, one in enumerate((one for one in sentences if one.figures), 1):
        blocks += [Heading(f"第 {n} 句", 2), Paragraph(one.text)]
        for name in one.figures:
            blocks += [Paragraph(name, Tone.MUTED), *facts_table(found, name)]
    if not blocks:
        blocks.append(Paragraph("这份报表里没有从记录里数出来的话。", Tone.MUTED))
    return framed(found, f"{title}：每句话后面的记录", blocks, plain=False)


def _told(press: CountyPress, one: Sentence) -> Iterator[Paragraph]:
    if one.text:
        press.sentences.append(one)
        yield Paragraph(one.text)


def _facts(press: CountyPress, pattern: str) -> dict[str, str]:
    """What a text may ask for besides figures; the rest of it is figures here."""
    facts = {CALLED_AFTER: "达到各单位规定的通报天数"} if f"{{{CALLED_AFTER}}}" in pattern else {}
    if f"{{{BEHIND}}}" not in pattern:
        return facts
    lines = press.found.pool.duties(press.found.name)
    return {**facts, BEHIND: named_few(list(dict.fromkeys(one.duty for _, one in lines if one.behind)))}


def _counted(press: CountyPress, finding: Finding) -> dict[str, Figured]:
    """A count office by office; nothing where no office has it, or not all count it one way."""
    name = finding.figure or ""
    try:
        alike = len(press.groups(name)) == 1
    except UsageError:
        return {}
    rows = press.by_office(name) if alike else {}
    return {} if any(one.figure.denominator for one in rows.values()) else rows


def _held(press: CountyPress, finding: Finding) -> Iterator[Sentence]:
    """A count by office: who has the most, and how much."""
    rows = _counted(press, finding)
    most = sorted((one for one in rows if rows[one].numerator >= finding.least), key=lambda one: -rows[one].numerator)
    if not most:
        return
    whole = press.figure(finding.figure or "")
    told, texts = most[: finding.most], []
    for one in told:
        share = rows[one].numerator * 100 / whole.numerator if whole.numerator else Decimal(0)
        words = {"对象": one, "数": rows[one].phrase, "占比": f"{share:.0f}%", "最久": ""}
        texts.append(filled_in(press, finding.each or "{对象} {数}", words).text)
    left = whole.numerator - sum((rows[one].numerator for one in told), Decimal(0))
    words = {
        "逐个": "，".join(texts),
        "总数": whole.phrase if whole.numerator else "",
        "几个": str(len(most)),
        "其余": f"其余 {left} {whole.figure.unit}" if left > 0 else "",
    }
    made = filled_in(press, finding.text, words)
    yield Sentence(made.text, (whole.figure.name, *made.figures))


def _moved(press: CountyPress, finding: Finding) -> Iterator[Sentence]:
    """All together, then each office, against the period before; only beyond chance, and of a period that is over."""
    rows = _counted(press, finding)
    period = press.period
    if not rows or period.last > press.found.today or any(one.before is None for one in rows.values()):
        return
    whole = press.figure(finding.figure or "")
    then = period.before() if whole.figure.against is not Against.LAST_YEAR else period
    days = (period.until - period.since).days, (then.until - then.since).days
    moves = [(whole.figure.name, whole, 1), *((office, one, len(rows)) for office, one in rows.items())]
    found = [
        (called, one)
        for called, one, tests in moves
        if beyond_chance(int(one.numerator), int(one.before or 0), *days, tests=tests)
    ]
    texts = []
    for called, one in found[: finding.most]:
        more, unit = int(one.numerator - (one.before or 0)), whole.figure.unit
        words = {
            "对象": called,
            "增减": f"{'增加' if more > 0 else '减少'} {abs(more)} {unit}",
            "前数": f"{int(one.before or 0)} {unit}",
            "数": f"{int(one.numerator)} {unit}",
            "何处": "",
        }
        texts.append(filled_in(press, finding.each or "{对象}{增减}", words).text)
    words = {"逐个": "；".join(texts), "比": against_text(whole.figure.against, period, running=whole.running)}
    made = filled_in(press, finding.text, words)
    yield Sentence(made.text, (whole.figure.name,))


_FOUND = {Way.HELD: _held, Way.MOVED: _moved}
