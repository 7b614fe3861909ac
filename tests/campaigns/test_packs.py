"""What every pack must hold to: all at once without a clash, no name in the program, every key in the manual page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.campaigns.records import Books

from lianxin.core.asset import asset
from lianxin.core.declare.record import Record, fields_of
from lianxin.core.measure import Part
from lianxin.policies.campaign import Campaign
from lianxin.policies.duty import Duty
from lianxin.policies.figure import Figure
from lianxin.policies.indicator import Indicator
from lianxin.policies.outline import Grid, Outline, Paper, Section
from lianxin.policies.score import Item, Scheme
from lianxin.storage.read.reading import read_yaml

ROOT = Path(__file__).resolve().parents[2]
PACKS = sorted(path.name for path in asset("campaigns").iterdir())
PAGE = (ROOT / "docs" / "手册" / "活动包.md").read_text(encoding="utf-8")

MODELS = (Campaign, Part, Duty, Figure, Scheme, Item, Indicator, Outline, Paper, Section, Grid)

#: What is read by people, not by the program.
SPOKEN = ("依据", "口径", "说明", "文字", "标题")


def test_there_are_nine_and_the_page_tells_of_each() -> None:
    assert len(PACKS) == 9
    assert [name for name in PACKS if f"| {name} |" not in PAGE] == []


def test_all_of_them_can_be_in_force_at_once(tmp_path: Path) -> None:
    books = Books(tmp_path / "台账", *PACKS, today="2026-11-22")
    assert "没有问题" in books.do("check").out


def _files(pack: str) -> Iterator[tuple[Path, dict[str, Any]]]:
    for path in sorted((asset("campaigns") / pack).rglob("*.yaml")):
        yield path, read_yaml(path.read_bytes())


@pytest.mark.parametrize("pack", PACKS)
def test_the_program_knows_none_of_its_names(pack: str) -> None:
    """Duties, figures and campaigns are data; words of four letters and fewer may be those of the field itself."""
    source = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "src").rglob("*.py")))
    names = {pack}
    for _path, values in _files(pack):
        for key in ("职责", "数字", "评分"):
            names |= {one["名称"] for one in values.get(key, []) if isinstance(one, dict)}
    assert [name for name in sorted(names) if len(name) > 4 and name in source] == []


@pytest.mark.parametrize("pack", PACKS)
def test_it_has_what_a_pack_needs(pack: str) -> None:
    held = {path.relative_to(asset("campaigns") / pack).as_posix() for path, _ in _files(pack)}
    assert {"campaign.yaml", "duties.yaml", "figures.yaml"} <= held
    assert any(values.get("种类") == "年报" for path, values in _files(pack) if path.parent.name == "reports")


@pytest.mark.parametrize("pack", PACKS)
def test_its_indicators_are_counted(pack: str) -> None:
    """What a pack asks to be noted down it also counts: every indicator of its own stands in one of its figures."""
    files = {path.name: values for path, values in _files(pack) if path.parent.name == pack}
    own = [one["指标"] for one in files.get("indicators.yaml", {}).get("指标", [])]
    counted = (asset("campaigns") / pack / "figures.yaml").read_text(encoding="utf-8")
    assert [name for name in own if not re.search(rf"指标[:=] ?{name}\b", counted)] == []


def _spoken(value: Any, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for label, part in value.items():
            yield from _spoken(part, label)
    elif isinstance(value, list):
        for part in value:
            yield from _spoken(part, key)
    elif key in SPOKEN:
        yield str(value)


@pytest.mark.parametrize("pack", PACKS)
def test_its_sentences_are_punctuated_in_full_width(pack: str) -> None:
    half = re.compile(r"[\u4e00-\u9fff][,;:?!()]|[,;:?!()][\u4e00-\u9fff]")
    assert [text for _path, values in _files(pack) for text in _spoken(values) if half.search(text)] == []


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_the_page_tells_of_every_key(model: type[Record]) -> None:
    assert [spec.label for spec in fields_of(model) if f"| {spec.label} |" not in PAGE] == []
