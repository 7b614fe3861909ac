"""Whose names may stand in free text, and the public words in which such a name is nobody's."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

import msgspec
from msgspec.structs import asdict, replace

from lianxin.core.book import Book
from lianxin.core.declare.field import FieldSpec
from lianxin.core.declare.kind import Derived, Kind
from lianxin.core.declare.record import fields_of
from lianxin.core.text.name import ANYWHERE, Known, writings
from lianxin.core.text.pattern import late
from lianxin.core.text.personal import find
from lianxin.kinds import KIND, KINDS
from lianxin.reports.value import CALLED

#: Everyone a villager's words may name: reporters, households and their members, people met on visits.
_PEOPLE = """
  SELECT DISTINCT reporter FROM issue
  UNION SELECT DISTINCT head FROM household
  UNION SELECT json_extract(m.value, '$.姓名') FROM household, json_each(household.members) AS m
  UNION SELECT p.value FROM visit, json_each(visit.people) AS p
  UNION SELECT name FROM former
"""


#: Whom a record tells of by name, who is named in those that it points to, and in those that these point to: a whistle
#: is blown for an issue of somebody's household. A visit tells of those whose issues were heard on it.
_NAMED = """
  WITH own(record, name) AS (
    SELECT id, reporter FROM issue WHERE reporter IS NOT NULL
    UNION SELECT id, head FROM household
    UNION SELECT household.id, json_extract(m.value, '$.姓名') FROM household, json_each(household.members) AS m
    UNION SELECT visit.id, p.value FROM visit, json_each(visit.people) AS p
    UNION SELECT record, name FROM former),
  near(record, name) AS (
    SELECT record, name FROM own
    UNION SELECT visit, reporter FROM issue WHERE visit IS NOT NULL AND reporter IS NOT NULL
    UNION SELECT issue.visit, own.name FROM issue JOIN own ON own.record = issue.household WHERE visit IS NOT NULL
    UNION SELECT r.source, own.name FROM own JOIN reference AS r ON r.target = own.record)
  SELECT record, name FROM near
  UNION SELECT r.source, near.name FROM near JOIN reference AS r ON r.target = near.record
"""


#: The villages that records are about: those they point to, and those of what they point to.
_PLACES = """
  WITH place(record, village) AS (
    SELECT r.source, r.target FROM reference AS r JOIN village ON village.id = r.target)
  SELECT record, village FROM place
  UNION SELECT r.source, issue.village FROM reference AS r JOIN issue ON issue.id = r.target
  UNION SELECT r.source, visit.village FROM reference AS r JOIN visit ON visit.id = r.target
  UNION SELECT id, id FROM village
"""

#: The people of villages, those of villages that were merged since too.
_LIVING = """
  WITH home(id, village) AS (
    SELECT r.source, r.target FROM reference AS r JOIN village ON village.id = r.target WHERE r.kind = 'household')
  SELECT village, reporter FROM issue WHERE reporter IS NOT NULL
  UNION SELECT home.village, head FROM household JOIN home USING (id)
  UNION SELECT home.village, json_extract(m.value, '$.姓名') FROM household JOIN home USING (id),
    json_each(household.members) AS m
  UNION SELECT visit.village, p.value FROM visit, json_each(visit.people) AS p
"""


#: What is known of records and villages, by their ids.
_BY_ID = ("given", "places", "living")

#: Whom tables speak of where they speak of the office itself.
_OWN = ("本单位",)
#: What the tool's own sentences are made of, where it may be somebody's name too: nearly all begin like a surname.
_SAID = re.findall(
    "..",
    "公开公示公布公共公文公里公益公司明天明细明确明日明年季度季报满意满期满分项目符合符号安排安装安置党员"
    "党组党委党建党课单位单独单据单元安全文件文字文号文档文本文书时间时限时候时段时刻时点时区时钟全部全程"
    "全称全名全文全年步骤方案方式方向方面方法程度程序解决解释解开原来原因原话原样原件原值计划计数计入通报"
    "通过通知通常经办经过经济经常空格空白空表空行支部支付支出支委干部代码代表代号权限周期周报周末周岁周一"
    "周二周三周四周五周六周日金额申报别名别的任务任何任期成功成绩成员成果成立成效费用管理管道相同相关终止"
    "终端终结向前简报简称高等路径路口后面后来后备后天充分充足从前从此连同连续连接能用能够宣传容许容量何时"
    "何地何人国家国庆元旦年度年份今天昨天月份查询查看查问查找农历农户农民水利水务东西都没齐全平时平均班子"
    "包括应当应办应该常用范围双方封面索引封存钟点盖章车辆车牌房屋房间毛病余额余下余款施工施行常见段落段名"
    "方便印章印件印发印刷台账重新重复重要情况条件记录没有事项事由办结到期逾期今年去年上周本周下周本月上月"
    "进展资金道路村组一组二组三组四组五组六组七组八组九组十组提交说明",
)
_OF_PLACE = late("^.*?(?:县|镇|乡|街道|社区|村)")
#: A post is told in her own words: 干事（联系某某）.
_POST = "post"
#: A shorter one may be a name.
_SHORTEST_WORD = 2


def names(book: Book) -> Known:
    """Whom the texts of a book may name; worked out once for each state of its files.

    Of a book of the past also those who became known since: the same villagers are protected whatever is looked at.
    """
    found = _known(book.kept("known", lambda: _told(book, *_people(book)), "reports"))
    with book.present() as now:
        cells, lost = _people(now) if now else (frozenset(), frozenset())
    if found.lost >= lost and found.people >= {name for cell in cells for name in writings(cell)}:
        return found
    before, lost_before = _people(book)
    return _known(_told(book, before | cells, lost_before | lost))


@lru_cache(maxsize=4)
def _known(told: str) -> Known:
    found = msgspec.json.decode(told)
    given, places, living = (_spread(found.pop(name)) for name in _BY_ID)
    return Known(**{name: frozenset(words) for name, words in found.items()}, given=given, places=places, living=living)


def _gathered(by_id: Mapping[str, Collection[str]]) -> list[tuple[Collection[str], list[str]]]:
    """What many records have alike stands once, with their ids: a third of the text, and of the memory it takes."""
    ids: dict[frozenset[str], list[str]] = {}
    for id_, words in by_id.items():
        ids.setdefault(frozenset(words), []).append(id_)
    return list(ids.items())


def _spread(gathered: Iterable[tuple[Sequence[str], Sequence[str]]]) -> dict[str, frozenset[str]]:
    return {id_: words for words, ids in ((frozenset(words), ids) for words, ids in gathered) for id_ in ids}


def _people(book: Book) -> tuple[frozenset[str], frozenset[str]]:
    """The cells that name people, and the files whose names are not known."""
    bygone, lost = book.bygone()
    return bygone | _now(book), lost


def _now(book: Book) -> frozenset[str]:
    """The cells that name people in the records as they stand."""
    return frozenset(str(cell) for (cell,) in book.sql(_PEOPLE) if cell)


def _told(book: Book, people: frozenset[str], lost: frozenset[str]) -> str:
    lines = (str(phone) for (phone,) in book.sql("SELECT phone FROM org WHERE phone IS NOT NULL"))
    by_hand = {*_called(book, _POST), *book.terms(shipped=False)} - book.terms(shipped=True)
    named = ((str(record), str(cell)) for record, cell in book.sql(_NAMED) if cell)
    homes = (str(home) for (home,) in book.sql("SELECT address FROM household WHERE address IS NOT NULL"))
    own = {*vocabulary(), *book.terms(shipped=True)}
    living = [(str(village), str(cell)) for village, cell in book.sql(_LIVING) if cell]
    living += [(ANYWHERE, cell) for cell in people - _now(book)]
    known = Known.of(people, _called(book), own, lines, homes, by_hand, named, living)
    places: dict[str, list[str]] = {}
    for record, village in book.sql(_PLACES):
        places.setdefault(str(record), []).append(str(village))
    told = asdict(replace(known, lost=lost, places=places))
    return json.dumps(told | {name: _gathered(told[name]) for name in _BY_ID}, ensure_ascii=False, default=sorted)


def _called(book: Book, wanted: str = "") -> Iterator[str]:
    """What villages, units and officials are and were called, and villages' groups; or what one such field holds."""
    for kind in (KIND[name] for name in sorted(CALLED)):
        for name, sql in _columns_of(kind):
            if name == wanted if wanted else name != _POST:
                found = [str(word) for (word,) in book.sql(sql) if word]
                # a telephone is nobody's name
                yield from (word for whole in found if not find(whole) for word in (whole, *_short(whole)))


def _columns_of(kind: Kind) -> Iterator[tuple[str, str]]:
    """The fields of a kind that hold public words, and how to ask for them; those of its groups as well."""
    for spec in kind.fields:
        each = f'FROM "{kind.name}", json_each("{spec.name}") AS j'
        plain = f'SELECT "{spec.name}" FROM "{kind.name}"'  # noqa: S608 - declared names
        if spec.term:
            yield spec.name, f"SELECT j.value {each}" if spec.many else plain
        for part in fields_of(spec.group) if spec.group is not None and spec.many else ():
            if part.term and not part.many:
                yield part.name, f"""SELECT json_extract(j.value, '$."{part.label}"') {each}"""


def _short(word: str) -> Iterator[str]:
    """What a village or a unit is called in its own town: 响水坪, 水务站."""
    for short in (word.removesuffix("村").removesuffix("社区"), _OF_PLACE.sub("", word)):
        if len(short) > _SHORTEST_WORD and short != word:
            yield short


def vocabulary() -> Iterator[str]:
    """Labels, choices, steps and states of every kind."""
    yield from _OWN
    yield from _SAID
    for kind in KINDS:
        yield kind.label
        for spec in kind.fields:
            yield from _words(spec)
        for derived in kind.derived:
            yield from _words(derived)
        yield from _life(kind)


def _life(kind: Kind) -> Iterator[str]:
    if kind.lifecycle:
        yield from (state.value for state in kind.lifecycle.states)
        for step in kind.lifecycle.steps:
            yield step.label
            for spec in fields_of(step.model):
                yield from _words(spec)


def _words(spec: FieldSpec | Derived) -> Iterator[str]:
    yield spec.label
    yield from spec.choices
    if spec.group:
        for part in fields_of(spec.group):
            yield from _words(part)
