"""The five haves of one issue, each in full: what was said, taken up, done, answered and learnt (S1b 4)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from lianxin.core.book import Book
from lianxin.core.declare.field import FieldSpec, Privacy
from lianxin.core.declare.record import Record, fields_of
from lianxin.core.document import Block, Column, Heading, KeyValues, Pair, Paragraph, Table, Value
from lianxin.core.error import LianxinError
from lianxin.core.tone import Tone
from lianxin.core.value import FieldType, show_moment
from lianxin.kinds.inner import privacy_of
from lianxin.kinds.issue.haves import ELEMENTS, HaveName
from lianxin.kinds.issue.judgement import TRIAGE
from lianxin.kinds.visit import VISIT
from lianxin.kinds.whistle import state as whistle_state
from lianxin.reports.evidence import evidence_of
from lianxin.reports.issue.view import ISSUE, Case
from lianxin.reports.life.history import places, timeline
from lianxin.reports.life.whistle import answers
from lianxin.reports.value import Title, cell, is_term, on_its_day, pair, then

_NUMERALS = dict(zip(HaveName, "一二三四五", strict=True))


def _heading(one: Case, name: HaveName) -> list[Block]:
    """The heading of one have with its mark, and what is missing, said plainly."""
    have = one.have(name)
    mark = f"：{have.mark}" if have.waived else f"（{have.mark}）"
    head = Heading(f"{_NUMERALS[name]}、{name.value}{mark}", 2)
    return [head] if have.present else [head, Paragraph(f"缺：{have.missing}。", Tone.ALARM)]


def _table(one: Case, events: Sequence[Any], names: Sequence[str], caption: str) -> list[Block]:
    """Events of one step as a table of some of their fields, columns that are empty throughout left out."""
    if not events:
        return []
    model: type[Record] = type(events[0])
    specs = {spec.name: spec for spec in fields_of(model)}
    used = [specs[name] for name in names if any(getattr(event, name) not in (None, ()) for event in events)]
    columns = tuple(
        Column(spec.label, spec.name, _plain_type(spec), privacy_of(spec), term=is_term(spec)) for spec in used
    )
    called = ((event, then(one.book, event.at)) for event in events)
    rows = [tuple(_short(spec, getattr(event, spec.name), title) for spec in used) for event, title in called]
    return [Table(columns, rows, [one.id] * len(rows), caption=caption)]


def _plain_type(spec: FieldSpec) -> FieldType:
    return FieldType.TEXT if spec.many or spec.type in (FieldType.REF, FieldType.FLAG) else spec.type


def _short(spec: FieldSpec, value: Any, title: Title) -> Value:
    """Like ``cell``, but references by title alone."""
    if value not in (None, ()) and spec.type is FieldType.REF:
        return "、".join(title(ref) for ref in (value if spec.many else (value,)))
    return cell(spec, value, title)


def described(book: Book, one: Case) -> list[Block]:
    """一、有问题描述: the person's own words and the five elements; what was corrected; the visit it was heard on."""
    labels = {spec.name: spec for spec in ISSUE.fields}
    elements = []
    blank, tone = ("没有记，匿名的可以不写", Tone.MUTED) if one.issue.anonymous else ("没有记", Tone.WARNING)
    for name in ELEMENTS:
        told = pair(labels[name], getattr(one.issue, name), one.title, one.id)
        elements.append(told if told.value else Pair(told.label, blank, name, tone=tone))
    blocks: list[Block] = [
        *_heading(one, HaveName.DESCRIBED),
        Paragraph(f"原话：{one.issue.words}", privacy=Privacy.STORY, record=one.id),
        KeyValues((one.pair("事由"), *elements, one.pair("涉及对象"))),
    ]
    if one.issue.anonymous:
        blocks.append(Paragraph("反映人不愿留名，按匿名登记。", Tone.MUTED))
    if one.issue.visit:
        blocks += _visit(book, one)
    called = places(one.issue)
    corrected = [event.model_copy(update={"event": called.get(event.event)}) for event in one.of("更正")]
    names = ("at", "actor", "event", "field", "value", "why")
    return blocks + _table(one, corrected, names, "登记后的更正")


def _visit(book: Book, one: Case) -> list[Block]:
    """The visit on which it was heard; what was said there may be of another matter too, which is somebody's own."""
    id_ = str(one.issue.visit)
    try:
        visit: Any = book.record(id_)
    except LianxinError:
        return [Paragraph(f"来自走访 {id_}，但这份走访记录读不到。", Tone.ALARM)]
    wanted = ("day", "visitors", "way", "households", "people", "heard", "requests", "handled")
    specs, called = {spec.name: spec for spec in VISIT.fields}, on_its_day(book, visit)
    pairs = [pair(specs[name], getattr(visit, name), called, id_) for name in wanted]
    head = Pair("来自走访", id_, "visit", FieldType.REF)
    return [KeyValues((head, *(told for told in pairs if told.value is not None)))]


def taken_up(one: Case) -> list[Block]:
    """二、有受理情况: who took it up, what was made of it, to whom it was given."""
    labels = ("受理时间", "受理人", "受理层级", "问题性质", "公共个人", "合理性", "类别", "紧急程度")
    blocks: list[Block] = _heading(one, HaveName.ACCEPTED)
    blocks += one.strip(*labels) if one["受理时间"] is not None else []
    if one["答复"] is not None:
        blocks.append(one.pairs("答复"))
    made = ("at", "actor", "to", "why", "causes", "remedies")
    blocks += _table(one, one.of("上报"), made, "逐级上报")
    blocks += _table(one, one.of("解释疏导"), ("at", "actor", "by", "why"), "解释疏导")
    blocks += _table(one, one.of("快办快结"), ("at", "actor", "done", "cost", "reported"), "快办快结")
    blocks += _table(one, one.of("并案"), ("at", "actor", "into", "why"), "并案")
    blocks += _table(one, one.of("补研判"), ("at", "actor", *TRIAGE), "补研判")
    given = ("at", "dept", "co_depts", "document", "person", "rule", "standard", "every", "sign_due")
    return blocks + _table(one, one.of("交办"), given, "交办")


def _limits(one: Case) -> list[Block]:
    """Every limit that was ever set, with how it was counted."""
    rows: list[tuple[Value, ...]] = []
    for limit in one.life.limits:
        told = limit.reason
        told += "；期限暂定" if limit.provisional and "暂定" not in told else ""
        rows.append((limit.at, limit.step, limit.rule or None, limit.due, told.lstrip("；") or None))
    if not rows:
        return []
    columns = (
        Column("时间", "at", FieldType.MOMENT, width=16),
        Column("步骤", "step", width=6),
        Column("办理时限", "rule", width=12),
        Column("办结期限", "due", FieldType.DEADLINE, width=16),
        Column("怎么算的", "reason", width=40),
    )
    table = Table(columns, rows, [one.id] * len(rows), caption="时限", notes=tuple(one.life.recomputed))
    return [table]


def _refused(one: Case) -> list[Block]:
    """Who sent it back, and why: the whole chain."""
    rows = [
        (
            refusal.at,
            then(one.book, refusal.at)(refusal.by) if refusal.by else f"{refusal.level}一级",
            one.title(refusal.actor),
            refusal.why,
        )
        for refusal in one.life.refusals
    ]
    columns = (
        Column("时间", "at", FieldType.MOMENT, width=16),
        Column("谁退回的", "by", term=True),
        Column("经办人", "actor", term=True),
        Column("理由", "why", width=40, privacy=Privacy.STORY),
    )
    return [Table(columns, rows, [one.id] * len(rows), caption=f"退回 {len(rows)} 次")] if rows else []


#: Nobody need come any more.


def _summoned(book: Book, one: Case) -> list[Block]:
    """Who was whistled for and came: one whistle, one list."""
    blocks: list[Block] = []
    for id_ in dict.fromkeys(event.whistle for event in one.of("吹哨")):
        names = ("dept", "arrive_due", "arrived", "who", "measure", "finish_due", "finished")
        title = f"哨单 {id_}：{book.title(id_)}"
        try:
            ended = next((f"，{state}" for state in whistle_state.OFF if book.fold(id_).state is state), "")
            blocks += answers(book, id_, title + ended, names) or [Paragraph(f"{title}{ended or '，还没有批准'}。")]
        except LianxinError:
            blocks.append(Paragraph(f"哨单 {id_} 读不到。", Tone.ALARM))
    return blocks


def worked(book: Book, one: Case) -> list[Block]:
    """三、有办理状态: every limit and why, who refused and why, delays, whistles, urges, and the whole course."""
    blocks: list[Block] = _heading(one, HaveName.HANDLED)
    blocks += one.strip("责任部门", "责任人", "办理时限", "办结期限", "首次期限", "签收时间", "签收人")
    known = one.pairs("配合单位", "工作标准")
    blocks += [known] if known.pairs else []
    blocks += _limits(one) + _refused(one)
    blocks += _table(one, one.of("延期"), ("at", "rule", "due", "why", "approved"), "延期")
    blocks += _table(one, one.of("暂缓"), ("at", "why", "until", "review", "told"), "暂缓")
    blocks += _summoned(book, one)
    urged, done = one.of("催办"), one.of("办结")
    blocks += _table(one, urged, ("at", "form", "by", "number", "text"), f"催办 {len(urged)} 次")
    blocks += _table(one, done, ("at", "actor", "result", "cost", "evidence"), f"办结 {len(done)} 次")
    if one["办结时间"] is not None:
        blocks += one.strip("办结时间", "办结方式", "费用", "按期办结", "按首次期限办结")
    blocks += evidence_of(book, one.id)
    return [*blocks, Heading("经过", 3), timeline(book, one.issue)]


def answered(one: Case) -> list[Block]:
    """四、有结果反馈: every answer given, what the person said of it, and what was published."""
    told = one.of("反馈")
    names = ("at", "how", "by", "reached", "solved", "satisfied", "words", "place")
    blocks: list[Block] = [
        *_heading(one, HaveName.ANSWERED),
        *_table(one, told, names, f"反馈 {len(told)} 次"),
    ]
    blocks += _table(one, one.of("重办"), ("at", "actor", "why", "due"), "反映人不认可，重办")
    return blocks + _table(one, one.of("撤回"), ("at", "how", "why"), "反映人撤回")


def learnt(one: Case) -> list[Block]:
    """五、有心得体会: the handler's own words, and what was found by looking for the same elsewhere."""
    blocks: list[Block] = [*_heading(one, HaveName.REFLECTED)]
    for event in one.of("心得体会"):
        by = one.title(event.by or event.actor)
        blocks.append(Paragraph(event.text, privacy=Privacy.STORY, record=one.id))
        blocks.append(Paragraph(f"{by}，{show_moment(event.at)}", Tone.MUTED))
    names = ("at", "area", "found", "solved", "issues", "text")
    return blocks + _table(one, one.of("举一反三"), names, "举一反三")


def struck(one: Case) -> list[Block]:
    """How it was struck off or voided, if it was."""
    blocks: list[Block] = []
    for event in one.of("销号"):
        pairs: Iterable[Pair] = (one.pair("销号时间"), one.pair("销号方式"))
        reason = (
            (Pair("书面说明", event.reason, "reason", privacy=Privacy.STORY, record=one.id),) if event.reason else ()
        )
        blocks = [Heading("销号", 2), KeyValues((*pairs, *reason))]
    for event in one.of("作废"):
        blocks = [Paragraph(f"{show_moment(event.at)} 作废：{event.why}", Tone.ALARM, Privacy.STORY, one.id)]
    return blocks
