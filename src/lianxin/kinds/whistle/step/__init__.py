"""The steps of a whistle's life, a family a file: what each asks for, does, needs, offers and says stands in its class.

Source: S1b articles 9–10.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Union

from lianxin.core.declare.lifecycle import Event, Step
from lianxin.core.declare.record import ToldBy
from lianxin.kinds.life.event import Void
from lianxin.kinds.whistle.step.answer import Arrive, Dispose, Finish, Respond
from lianxin.kinds.whistle.step.call import Approve, Extend, Summon
from lianxin.kinds.whistle.step.end import Cancel, Close, Rate
from lianxin.kinds.whistle.step.note import Amend, Progress, Urge

#: Every step but blowing the whistle itself, in the order readers see them.
MODELS: tuple[type[Event], ...] = (
    Approve,
    Respond,
    Arrive,
    Dispose,
    Finish,
    Close,
    Rate,
    Summon,
    Extend,
    Urge,
    Progress,
    Cancel,
    Amend,
    Void,
)

STEPS = tuple(Step(model) for model in MODELS)

if TYPE_CHECKING:
    WhistleEvent = Event
else:
    WhistleEvent = Annotated[Union[MODELS], ToldBy("step")]  # noqa: UP007 - of a tuple
