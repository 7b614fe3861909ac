"""The triage assessment (研判分拣, S1b 2, 6, 16): what is judged of an issue, and what nobody has judged yet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from lianxin.core.declare.field import field
from lianxin.core.declare.lifecycle import COMMON, Event
from lianxin.core.declare.record import fields_of
from lianxin.core.value import Text
from lianxin.kinds.issue.choice import Merit, Scope, Sphere
from lianxin.kinds.life.event import Urgency

if TYPE_CHECKING:
    from lianxin.kinds.issue.tally import IssueTally


class Judgement(Event):
    """The triage fields, each asked for once."""

    scope: Scope | None = field("问题性质", default=None)
    sphere: Sphere | None = field("公共个人", default=None)
    merit: Merit | None = field("合理性", default=None)
    category: Text | None = field("类别", default=None, policy="categories", help="属于哪一类，打几个字就能找到")
    urgency: Urgency | None = field("紧急程度", default=None)


#: What a triage assessment says of an issue: attribute and label.
TRIAGE = {spec.name: spec.label for spec in fields_of(Judgement) if spec.name not in COMMON}


def judged(event: Event) -> bool:
    """Whether a step says anything of the issue's nature."""
    return any(getattr(event, name, None) for name in TRIAGE)


def blank_triage(tally: IssueTally) -> list[str]:
    """The triage fields nobody has given yet."""
    return [name for name in TRIAGE if getattr(tally, name) is None]


def untriaged(tally: IssueTally) -> str:
    """Labels of the triage fields nobody has given yet."""
    return "、".join(TRIAGE[name] for name in blank_triage(tally))


def called(names: Iterable[str]) -> str:
    """Triage fields by their labels: 「类别」."""
    return "、".join(f"「{TRIAGE[name]}」" for name in names)
