"""The last look at what is to be made public: telephones, ID-card numbers and villagers' names that the mask left.

The mask and this scan read names and numbers alike and share nothing else: what a report forgot to declare, or a field
printed as something it is not, is found here. What is found is named by its record, never by its words.
"""

from __future__ import annotations

from lianxin.core.document import Document
from lianxin.core.error import LianxinError
from lianxin.core.text.name import Known
from lianxin.formats.face.cell import IMPERSONAL
from lianxin.formats.face.place import Manner, Said, places
from lianxin.formats.face.text import Veil

#: So many records are named in a refusal.
_MOST = 5


class Scan:
    """A look for these people, prepared once for many documents."""

    def __init__(self, known: Known) -> None:
        """Prepare to look for these people."""
        self._veil = Veil(known)

    def personal(self, said: Said) -> bool:
        """Whether a telephone, an ID-card number or one of the names stands in it."""
        match said.manner:
            case Manner.OWN:
                return self._veil.hide_own(said.text) != said.text
            case Manner.TERM:
                return self._veil.hide_term(said.text) != said.text
            case Manner.FREE:
                return self._veil.hide(said.text, said.label) != said.text

    def left(self, document: Document) -> list[str]:
        """Where something personal is left: record ids, or the part of the document; empty when all is well."""
        return places(document, self.personal, IMPERSONAL)

    def refuse(self, document: Document) -> None:
        """Let nothing personal pass.

        Raises:
            LianxinError: Something is left; the records are named, not the people.
        """
        found = self.left(document)
        if found:
            more = f"等 {len(found)} 处" if len(found) > _MOST else ""
            raise LianxinError(
                f"还有姓名、电话或证件号没有隐去，没有写出：{'、'.join(found[:_MOST])}{more}。"
                "请用 lianxin show 编号 找到并改掉，或加 --internal 出内部件"
            )
