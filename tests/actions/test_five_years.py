"""Five years of an office: heads move, units and villages end, are merged and renamed, households part and die out.

Year by year by the tool's own verbs under a clock of its own. At the end every year's paper verifies, no frozen figure
has moved, and this year's figures are what was counted by hand.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from tests.cli.desk import Desk, lianxin

from lianxin.actions.change.edit import edit
from lianxin.actions.change.end import Told, end, rename
from lianxin.actions.change.part import part
from lianxin.actions.entry.add import add
from lianxin.actions.step.advance import advance
from lianxin.actions.workspace import Workspace
from lianxin.kinds import KIND

pytestmark = pytest.mark.slow  # it takes long

YEARS = (2022, 2023, 2024, 2025)
TODAY = "2026-06-30"
TRIAGE = {"scope": "共性", "sphere": "公共", "merit": "合理", "category": "道路交通", "urgency": "一般"}


class Office(Desk):
    """Its ledger, and the minute it is there."""

    def __init__(self, root: Path) -> None:
        made = lianxin(
            *("init", str(root), "--name", "云岭镇党建办", "--org", "云岭镇党委", "--clerk", "何小满"),
            *("--started", "2022-01-01"),
            cwd=root.parent,
            today="2022-01-01 08:00",
        )
        assert made.code == 0, made.err
        self.root = root

    def on(self, day: str, hour: str = "10:00") -> None:
        """It is that day."""
        self._space = Workspace(self.root, datetime.fromisoformat(f"{day} {hour}"))

    def new(self, kind: str, **typed: str | tuple[str, ...]) -> str:
        return add(self._space, KIND[kind], typed).id

    def step(self, id_: str, name: str, **typed: str | tuple[str, ...]) -> None:
        life = KIND["issue"].lifecycle
        step = life.step(name) if life else None
        assert step is not None
        advance(self._space, KIND["issue"], id_, step, typed)

    def change(self, kind: str, word: str, **typed: str) -> None:
        edit(self._space, KIND[kind], word, typed, "")

    def ends(self, kind: str, word: str, why: str, *into: str, paper: str = "") -> tuple[str, ...]:
        done = end(self._space, KIND[kind], [word], Told(why=why, into=into, paper=paper))
        return tuple(f"{one.id} {one.field}" for one in done.left)

    def goes_on(self, pairing: str, heir: str) -> str:
        """A pairing ends the day before, and its heir's begins."""
        return part(self._space, pairing, "", "村撤并", heir).new

    def renamed(self, kind: str, word: str, name: str) -> None:
        rename(self._space, KIND[kind], word, name, Told(paper="民政〔2024〕9号"))

    def taken_down(self, day: str, village: str, household: str, words: str) -> str:
        self.on(day)
        told = {"village": village, "channel": "电话", "raised": day, "level": "镇"}
        told |= {"household": household} if household else {"anonymous": "是"}
        five = {"who": "一户", "when": "今年", "where": "门口", "cause": "年久", "course": "坏了"}
        id_ = self.new("issue", **told, **five, summary=words, words=f"{words}，请来看看")
        self.step(id_, "accept", level="镇", **TRIAGE)
        return id_

    def handled(self, day: str, village: str, household: str, words: str, dept: str, person: str) -> str:
        """An issue from the day it was brought up to the day it was struck off, a week later."""
        id_ = self.taken_down(day, village, household, words)
        due = f"{day[:8]}{int(day[8:]) + 5:02}"
        self.step(id_, "assign", dept=dept, person=person, limit=due, standard="修好")
        self.on(f"{day[:8]}{int(day[8:]) + 2:02}")
        self.step(id_, "sign", by=person)
        self.step(id_, "resolve", result=f"{words}，换了新的，试过了")
        self.on(f"{day[:8]}{int(day[8:]) + 4:02}")
        self.step(id_, "feedback", how="电话", reached="已接通", solved="解决", satisfied="满意")
        self.step(id_, "reflect", text=f"{words}要早看")
        self.step(id_, "close")
        return id_

    def visited(self, day: str, household: str) -> str:
        self.on(day)
        return self.new("visit", day=day, visitors="何小满", households=household, way="入户", heard=f"{day} 都好")

    def kept(self, year: int) -> Path:
        """The year's report frozen and put on paper, in the January after."""
        then = f"{year + 1}-01-05 10:00"
        self.do("report", "annual", "--period", str(year), "--freeze", today=then)
        paper = self.root.parent / f"年报{year}.md"
        self.do("report", "annual", "--period", str(year), "-o", str(paper), today=then)
        return paper

    def count(self, figure: str, period: str, by: str = "") -> object:
        """A figure, or what stands under each name."""
        words = ("--json", "--internal", "figures", figure, *(("--by", by) if by else ()), "--period", period)
        data = self.do(*words, today=f"{TODAY} 10:00").json["data"]
        return {one["subject_name"]: one["value"] for one in data["items"]} if by else data["item"]["value"]


def _founded(office: Office) -> None:
    """2022: three villages, three units with their heads, five households; two issues, two visits."""
    office.on("2022-01-04")
    for name, groups in (("松坪村", ("一组", "二组")), ("柳湾村", ("河边组",)), ("青石村", ("石桥组",))):
        office.new("village", name=name, town="云岭镇", groups=groups)
    for name in ("镇水利站", "镇供电所", "镇农技站"):
        office.new("org", name=name, level="镇", department="是")
    for name, org in (("石勇", "镇水利站"), ("余电", "镇供电所"), ("郑农", "镇农技站")):
        office.new("person", name=name, org=org, post="站长", posted="2020-01-01")
    homes = (("李桂兰", "松坪村", "一组"), ("王平顺", "松坪村", "二组"), ("赵木生", "柳湾村", "河边组"))
    for head, village, group in (*homes, ("钱石头", "青石村", "石桥组"), ("孙五妹", "柳湾村", "河边组")):
        office.new("household", head=head, village=village, group=group, contacts="何小满")
    office.new("pairing", nature="单位–村", first="镇水利站", second="松坪村", since="2022-02-01", liaison="石勇")
    office.handled("2022-03-07", "松坪村", "李桂兰", "上渠塌了", "镇水利站", "石勇")
    office.handled("2022-09-05", "柳湾村", "赵木生", "谷种不出苗", "镇农技站", "郑农")
    for day, home in (("2022-10-10", "王平顺"), ("2022-11-07", "钱石头")):
        office.visited(day, home)


def _heads_move(office: Office) -> None:
    """2023: the head of one unit moves to another; a unit is abolished."""
    office.handled("2023-02-06", "松坪村", "王平顺", "水管冻裂", "镇水利站", "石勇")
    office.on("2023-03-01")
    office.change("person", "石勇", org="镇供电所", post="所长", posted="2023-03-01")
    office.new("person", name="吴波", org="镇水利站", post="站长", posted="2023-03-01")
    office.handled("2023-05-08", "青石村", "钱石头", "电杆歪了", "镇供电所", "石勇")
    office.on("2023-09-01")
    office.new("org", name="镇农业中心", level="镇", department="是")
    left = office.ends("org", "镇农技站", "撤销", "镇农业中心", paper="云编〔2023〕4号")
    assert left == ("RY-A0004 单位",)
    office.change("person", "郑农", org="镇农业中心", posted="2023-09-01")
    office.visited("2023-11-06", "李桂兰")


def _villages_merge(office: Office) -> None:
    """2024: a village is merged into another, which is renamed half a year later."""
    office.on("2024-01-10")
    left = office.ends("village", "松坪村", "撤并", "柳湾村", paper="民政〔2024〕1号")
    assert left == ("JD-A0001 乙方",)
    assert office.goes_on("JD-A0001", "柳湾村") == "JD-A0002"
    office.handled("2024-03-04", "柳湾村", "李桂兰", "桥栏断了", "镇水利站", "吴波")
    office.on("2024-06-01")
    office.renamed("village", "柳湾村", "新湾村")
    office.handled("2024-08-05", "新湾村", "赵木生", "路灯不亮", "镇供电所", "石勇")
    office.visited("2024-10-08", "王平顺")


def _households_change(office: Office) -> None:
    """2025: one parts, one moves away, one dies out; a cadre dies."""
    office.on("2025-02-05")
    for head in ("王大顺", "王小顺"):
        office.new("household", head=head, village="新湾村", group="二组", contacts="何小满")
    assert office.ends("household", "王平顺", "分户", "王大顺", "王小顺") == ()
    office.handled("2025-03-03", "新湾村", "王大顺", "屋后滑坡", "镇水利站", "吴波")
    office.on("2025-05-06")
    assert office.ends("household", "赵木生", "迁出") == ()
    office.on("2025-07-07")
    assert office.ends("household", "钱石头", "户主去世无人") == ()
    office.on("2025-08-04")
    assert office.ends("person", "郑农", "去世") == ()
    office.visited("2025-11-10", "王小顺")


def _this_year(office: Office) -> None:
    """2026: one issue done, one under way, two visits."""
    office.handled("2026-03-02", "新湾村", "王小顺", "水表坏了", "镇水利站", "吴波")
    for day, home in (("2026-04-07", "李桂兰"), ("2026-05-11", "孙五妹")):
        office.visited(day, home)
    id_ = office.taken_down("2026-06-22", "青石村", "", "变压器响")
    office.step(id_, "assign", dept="镇供电所", person="石勇", limit="2026-07-10", standard="不响")


def test_five_years_of_an_office(tmp_path: Path) -> None:
    office = Office(tmp_path / "台账")
    papers = []
    for year, lived in zip(YEARS, (_founded, _heads_move, _villages_merge, _households_change), strict=True):
        lived(office)
        papers.append(office.kept(year))
    _this_year(office)
    now = f"{TODAY} 10:00"
    for year, paper in zip(YEARS, papers, strict=True):
        assert "一致" in office.do("verify", str(paper), today=now).out
        again = office.do("report", "annual", "--period", str(year), today=now).out
        assert "以前报出的数字有" not in again, (year, again)

    def by(path: str, figure: str = "新增问题", period: str = "2022-01-01..2026-06-30") -> object:
        return office.count(figure, period, path)

    # by hand, of the ten issues: 水利站 five, 供电所 three and the one under way, 农技站 one that stays its own
    assert by("责任部门") == {"镇水利站": 5, "镇供电所": 3, "镇农技站": 1}
    assert (office.count("新增问题", "2026"), office.count("销号问题", "2026"), office.count("走访次数", "2026")) == (
        2,
        1,
        2,
    )
    # the moved head's cases of before stay with the unit he had then: one of 2022, one of February 2023
    assert by("责任人.单位", period="2022-01-01..2023-12-31") == {"镇水利站": 2, "镇农技站": 1, "镇供电所": 1}
    # two before the merger are 松坪村's for ever; what came after is the heir's under the name of the day
    shown = office.do("--internal", "issue", "list", "--columns", "编号,所属村", today=now).out
    named = [line.split()[:2] for line in shown.splitlines() if line.startswith("WT-")]
    told = {id_[3:]: village for id_, village in named}
    assert [told[f"2022-A000{n}"] for n in (1, 2)] == ["松坪村", "柳湾村"]
    assert [told[f"2023-A000{n}"] for n in (1, 2)] == ["松坪村", "青石村"]
    assert [told[f"2024-A000{n}"] for n in (1, 2)] == ["柳湾村", "新湾村"]
    assert [told["2025-A0001"], told["2026-A0001"], told["2026-A0002"]] == ["新湾村", "新湾村", "青石村"]
    # there are, today, two villages and four households: 李桂兰, 孙五妹, 王大顺, 王小顺
    standing = ("--json", "--internal", "household", "list", "存续=存续", "--columns", "户主")
    heads = [one["head"] for one in office.do(*standing, today=now).json["data"]["items"]]
    assert sorted(heads) == sorted(["李桂兰", "孙五妹", "王大顺", "王小顺"])
    villages = office.do("village", "list", "存续=存续", today=now).out
    assert ("新湾村" in villages, "青石村" in villages, "松坪村" in villages) == (True, True, False)
    assert office.do("check", today=now).code == 0
    assert "没有查出问题" in office.do("audit", today=now).out
