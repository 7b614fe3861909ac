"""A clerk's whole day at the desk on a year of records: every screen she meets is read for words of English."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.desk import ENVIRONMENT, lianxin
from tests.cli.screen import Screen, at_desk

#: The last day of the sample.
DAY = "2026-11-22"


@pytest.fixture
def year(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    made = lianxin("demo", str(tmp_path / "样例"), cwd=tmp_path, today="")
    assert made.code == 0, made.err
    return tmp_path / "样例"


class Reading:
    """Somebody who reads each screen before she presses a key."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen

    async def __call__(self, seen: str, *keys: str) -> None:
        """Wait until something stands there, read all of it, then press keys."""
        await self._screen.see(seen)
        assert self._screen.english == [], self._screen.text
        assert "…" not in self._screen.text.replace("……", ""), self._screen.text
        await self._screen.press(*keys)

    async def fill(self, *pairs: tuple[str, str]) -> None:
        """Write into fields of a form by their labels."""
        await self._screen.see("Ctrl-S")
        for label, text in pairs:
            await self._screen.fill(label, text, "enter")
            assert self._screen.english == [], self._screen.text

    async def written(self, told: str, *keys: str) -> None:
        """Write the form; when that is told of, press keys."""
        await self._screen.press("ctrl+s")
        await self(told, *keys)


async def _a_visit(at: Reading) -> None:
    await at("已超期（3 件）", "question_mark")
    await at("上下键看，别的键回去", "escape")
    await at("回车/b 办结", "3")
    await at("走访（100 条）", "n")
    await at("走访户", *"陈桂林")
    await at("龙须塘村 塘边组", "enter")
    await at("所属组       塘边组")
    await at.fill(("所见所闻", "塘埂上的草割过了"), ("诉求建议", "想修一截渠"))
    await at.written("现在立一件问题吗？", "y")
    await at("想修一截渠")
    await at.fill(("事由", "塘埂要修一截渠"), ("何时", "开春以来"), ("何因", "老渠塌了"))
    await at.written("✓ 已新增问题：塘埂要修一截渠（WT-2026-A0071）")
    await at("问题 WT-2026-A0071")


async def _its_issue(at: Reading) -> None:
    await at("问题：在办的（32 件）")
    await at("回车/l 受理", "enter")
    for choices, key in (("1 个性   2 共性", "2"), ("1 公共   2 个人", "1"), ("1 合理", "1")):
        await at(choices, key)
    await at.fill(("类别", "道路"))
    await at("1 一般   2 紧急", "1")
    await at.written("（WT-2026-A0071），待研判 → 已受理")
    for act, key, told, *filled in (
        ("回车/j 交办", "enter", "✓ 交办 岫水水务站 ", ("责任部门", "岫水水务站")),
        (
            "回车/s 签收",
            "enter",
            "（WT-2026-A0071），已交办 → 办理中",
            ("责任人", "汤清泉"),
            ("工作标准", "水能流到尾"),
        ),
        ("z 进展", "z", "✓ 进展：塘埂要修一截渠（WT-2026-A0071），办理中", ("进展情况", "挖机明天到")),
        ("回车/b 办结", "enter", "，办理中 → 已办结", ("办理结果", "清了六十米")),
    ):
        await at(act, key)
        await at.fill(*filled)
        await at.written(told)
    await at("回车/f 反馈", "enter")
    for choices in ("1 入户   2 电话", "1 解决", "1 满意"):
        await at(choices, "1")
    await at.written("✓ 反馈 已接通 解决 满意：塘埂要修一截渠")
    await at("回车 心得体会", "enter")
    await at.fill(("心得体会", "早去看一眼就好了"))
    await at.written("✓ 心得体会：塘埂要修一截渠（WT-2026-A0071），已反馈")
    await at("回车/x 销号", "enter")
    await at.written("，已反馈 → 已销号")


async def _a_whistle_and_a_pairing(at: Reading) -> None:
    await at("问题：办完的", "6")
    await at("吹哨：在办的", "n")
    await at("记什么？", "1")
    await at.fill(("事项", "塘埂塌方要几家一起修"))
    await at("新增吹哨", "escape")
    await at("填过的留着", "4")
    await at("结对（", "n")
    await at("新增结对", "escape")
    await at("结对（")


async def _what_goes_out(at: Reading) -> None:
    await at("结对（", "slash", *"电梯 老人")
    await at("【老人】被困", "enter")
    await at("问题 WT-2026-A0044", "p")
    await at("给谁看", "enter")
    await at("✓ 已做成", "escape")
    await at("结对（", "8")
    await at("要出的：周报", "enter")
    await at("出一份：周报", "down", "enter")
    await at("11月9日至15日.xlsx", "u")
    await at("WT-2026-A0071 销号", "y")
    await at("✓ 已撤销：WT-2026-A0071 销号", "q")


@pytest.mark.slow  # a day
def test_a_day_from_the_first_key_to_the_last(year: Path) -> None:
    async def play(screen: Screen) -> None:
        at = Reading(screen)
        for part in (_a_visit, _its_issue, _a_whistle_and_a_pairing, _what_goes_out):
            await part(at)

    at_desk(year, play, day=DAY)
