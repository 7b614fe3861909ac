"""What the public notice board shows beyond its pages (``policy/site.yaml``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lianxin.core.declare.field import field
from lianxin.core.declare.record import Record
from lianxin.core.measure import Names
from lianxin.core.problem import Fault
from lianxin.core.value import Text
from lianxin.kinds.path import near
from lianxin.policies.definitions import Definitions, check_picture
from lianxin.policies.outline import Pictures


class Board(Record):
    """``site.yaml``."""

    title: Text | None = field("名称", default=None, help="公示栏叫什么；不写就是办公室的名称加「公示栏」")
    figures: Names = field("数字", default=(), help="首页登哪些数字，写 lianxin figures 里的名称")
    pictures: Pictures = field("图", default=(), help="首页再画哪些图，写法和报表提纲里的「图」一样")
    period: Text = field("期间", default="本年", help="首页的数字和图算哪一段")
    lists: Text = field("清单期间", default="上周", help="三张清单算哪一段")


def board_of(policy: Mapping[str, Any] | None) -> Board:
    """What ``policy/site.yaml`` says; no figures where there is none or it is faulty (``check`` says so)."""
    try:
        return Board.model_validate(policy or {}, by_alias=True, by_name=False)
    except ValueError:  # what pydantic-core raises is one
        return Board()


def check_board(board: Board, known: Definitions) -> Iterator[Fault]:
    """Figures that nobody has defined, and charts that cannot be drawn."""
    for n, name in enumerate(board.figures):
        if name not in known.figures:
            yield Fault("P038", ("数字", n), f"没有「{name}」这个数字{near(name, known.figures)}")
    for n, picture in enumerate(board.pictures):
        yield from check_picture(picture, ("图", n), known)
