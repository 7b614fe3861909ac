"""Every record kind, in the order readers see them: one file and one line here each."""

from lianxin.core.kind import Kind
from lianxin.kinds.household import HOUSEHOLD
from lianxin.kinds.issue import ISSUE
from lianxin.kinds.org import ORG
from lianxin.kinds.pairing import PAIRING
from lianxin.kinds.person import PERSON
from lianxin.kinds.village import VILLAGE
from lianxin.kinds.visit import VISIT
from lianxin.kinds.whistle import WHISTLE

KINDS: tuple[Kind, ...] = (VILLAGE, ORG, PERSON, HOUSEHOLD, PAIRING, VISIT, ISSUE, WHISTLE)

KIND: dict[str, Kind] = {kind.name: kind for kind in KINDS}
