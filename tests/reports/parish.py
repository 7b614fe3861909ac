"""A place written record by record for one test: real files, read as the tool reads them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from lianxin.kinds import KIND
from lianxin.policies.campaign import Campaign
from lianxin.policies.duty import Duty
from lianxin.policies.score import Scheme
from lianxin.storage.book import LedgerBook, open_book
from lianxin.storage.read.reading import read_yaml
from lianxin.storage.write.text.writing import record_text


class Parish:
    """One unit, one village, and whatever a test puts there."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._last: Counter[tuple[str, str]] = Counter()
        (root / "lianxin.yaml").write_text("名称: 竹坪镇党建办\n", encoding="utf-8")
        self.org = self.put("org", 名称="竹坪镇党委", 层级="镇")
        self.village = self.put("village", 名称="上湾村", 乡镇="竹坪镇")

    def put(self, kind: str, **values: Any) -> str:
        """One record by its Chinese labels; its id."""
        declared = KIND[kind]
        year = str(values[declared.dated])[:4] if declared.yearly else ""
        self._last[kind, year] += 1
        id_ = f"{declared.prefix}-{f'{year}-' if year else ''}A{self._last[kind, year]:04d}"
        path = self.root / declared.path_of(id_)
        path.parent.mkdir(parents=True, exist_ok=True)
        record = declared.model.model_validate({"编号": id_, **values}, by_alias=True, by_name=False)
        path.write_text(record_text(declared, record), encoding="utf-8")
        return id_

    def person(self, name: str, *roles: dict[str, str]) -> str:
        return self.put("person", 姓名=name, 单位=self.org, 身份=list(roles))

    def members(self, *names: str) -> list[str]:
        """People with the role 联户党员 and no dates."""
        return [self.person(name, {"身份": "联户党员"}) for name in names]

    def households(self, count: int) -> list[str]:
        return [self.put("household", 户主=f"户主{n}", 所属村=self.village) for n in range(count)]

    def visit(self, day: str, visitor: str, *households: str, **more: Any) -> str:
        values = {"日期": day, "走访人": [visitor], "所属村": self.village, "走访方式": "入户", **more}
        return self.put("visit", **values, **({"走访户": list(households)} if households else {"见到的人": ["路人"]}))

    def activity(self, day: str, sort: str, **more: Any) -> str:
        return self.put("activity", 名称=f"{day} {sort}", 类别=sort, 日期=day, 主办单位=[self.org], **more)

    def grade(self, whom: str, scheme: str, period: str, decided: str, *items: dict[str, str], **more: Any) -> str:
        return self.put(
            "appraisal", 考核对象=whom, 方案=scheme, 周期=period, 评定日期=decided, 得分项=list(items), **more
        )

    @contextmanager
    def book(self, today: str) -> Iterator[LedgerBook]:
        day = date.fromisoformat(today)
        with open_book(self.root, today=day, now=datetime.combine(day, time(9))) as book:
            # some tests look at a year before it is over
            assert [one for one in book.problems("错误") if one.code != "F023"] == []
            yield book


def duty(text: str) -> Duty:
    """A duty as ``duties.yaml`` would write it."""
    return Duty.model_validate(read_yaml(text.encode()), by_alias=True, by_name=False)


def scheme(text: str) -> Scheme:
    """A scheme as ``scores.yaml`` would write it."""
    return Scheme.model_validate(read_yaml(text.encode()), by_alias=True, by_name=False)


def campaign(since: str = "", until: str = "") -> Campaign:
    """A campaign that runs on some days."""
    days = {"自": since} if since else {}
    return Campaign.model_validate(
        {"名称": "一项活动", "说明": "测试", **days, **({"至": until} if until else {})}, by_alias=True, by_name=False
    )
