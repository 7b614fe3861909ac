"""Which offices a county pools, and where their books lie (``offices.yaml``)."""

from __future__ import annotations

from collections.abc import Iterator

from lianxin.core.declare.field import field
from lianxin.core.declare.record import Record
from lianxin.core.problem import Fault
from lianxin.core.text.pattern import late
from lianxin.core.value import Flag, Text

#: What a folder can be called on any disk, and a part of a data set in any engine.
_NAME = late(r"[\w（）()·]+\Z")
#: An address that ssh does not take; one that tells a password.
_OTHER, _SECRET = late(r"(?!ssh://)\w[\w+.-]*://"), late(r"ssh://[^/@]*:[^/@]*@")


class Listed(Record):
    """One office whose book is read."""

    name: Text = field("名称", help="台账和文件夹里就这样称呼，如 北坡镇；不用斜线、空格")
    level: Text | None = field("层级", default=None, help="镇、示范区、县")
    where: Text = field(
        "位置",
        help="台账的文件夹，或只有经过、没有文件的库（备份就是），从这份清单所在的文件夹找起；或 ssh://主机/路径；"
        "也可以是一个县汇总好的文件夹，它下面的单位不用再列",
    )
    branch: Text | None = field("分支", default=None, help="读哪一支；不写就是那里正用着的")
    folder: Text | None = field("目录", default=None, help="台账在那个库的哪个文件夹里；就在最上面的不写")


class Offices(Record):
    """``offices.yaml``."""

    name: Text = field("名称", help="汇总的是哪里，如 岫水县")
    personal: Flag = field("个人信息", default=False, help="县里可以看姓名、电话、住址这些的写 是；不写就不收")
    offices: tuple[Listed, ...] = field("单位")


def check_offices(offices: Offices) -> Iterator[Fault]:
    """What no model can say of it."""
    seen: dict[str, int] = {}
    for n, one in enumerate(offices.offices):
        if not _NAME.match(one.name):
            yield Fault("P046", ("单位", n, "名称"), f"「{one.name}」里有不能做文件夹名的字，请只用汉字、字母、数字")
        if _OTHER.match(one.where):
            yield Fault("P046", ("单位", n, "位置"), "位置只能是文件夹，或 ssh 的地址，如 ssh://主机/路径")
        elif _SECRET.match(one.where):
            yield Fault("P046", ("单位", n, "位置"), "位置里不要写口令；ssh 用钥匙进，请找管理员配好")
        if one.name in seen:
            yield Fault("P046", ("单位", n, "名称"), f"「{one.name}」写了两次，第 {seen[one.name] + 1} 个也叫这个")
        seen.setdefault(one.name, n)
