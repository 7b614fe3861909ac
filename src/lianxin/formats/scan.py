"""The last look at what is to be made public: telephones, ID-card numbers and villagers' names that the mask left.

The mask and this scan share their patterns and nothing else: what a report forgot to declare, or a field printed as
something it is not, is found here. What is found is named by its record, never by its words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lianxin.core.chart import Chart
from lianxin.core.document import (
    Block,
    Cover,
    Document,
    Heading,
    KeyValues,
    Paragraph,
    Table,
    Timeline,
)
from lianxin.core.error import LianxinError
from lianxin.formats.mask import IMPERSONAL
from lianxin.formats.mask_text import Veil, mask_one, names_in

#: So many records are named in a refusal.
_MOST = 5


def veil_of(names: Iterable[str]) -> Veil:
    """What hides these people, as cells hold their names (``张三、李四(代)`` is two), and any number like theirs."""
    return Veil({name: mask_one(name) for whole in names for name in names_in(whole)}, ())


class Scan:
    """A look for these people, prepared once for many documents."""

    def __init__(self, names: Iterable[str]) -> None:
        """Prepare to look for these names."""
        self._veil = veil_of(names)

    def personal(self, text: str) -> bool:
        """Whether a telephone, an ID-card number or one of the names stands in it."""
        return self._veil.hide(text) != text

    def left(self, document: Document) -> list[str]:
        """Where something personal is left: record ids, or the part of the document; empty when all is well."""
        head, origin = document.masthead, document.provenance
        lines = [document.title, document.subtitle, *((head.name, head.issuer, *head.foot) if head else ())]
        lines += (origin.filter, origin.period, origin.form, origin.recipe) if origin else ()
        found = ["标题"] if self._in(lines) else []
        for block in document.blocks:
            found += self._block(block)
        return list(dict.fromkeys(found))

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

    def _in(self, texts: Iterable[str]) -> bool:
        return self.personal("\n".join(texts))

    def _block(self, block: Block) -> Iterator[str]:
        match block:
            case Table():
                yield from self._table(block)
            case KeyValues():
                for pair in block.pairs:
                    if pair.type not in IMPERSONAL and isinstance(pair.value, str) and self.personal(pair.value):
                        yield pair.record or f"「{pair.label}」"
            case Paragraph():
                if self.personal(block.text):
                    yield block.record or "正文"
            case Timeline():
                if self._in(f"{entry.label}\n{entry.text}\n{entry.actor}" for entry in block.entries):
                    yield block.record or "经过"
            case Heading():
                if self.personal(block.text):
                    yield "标题"
            case Cover():
                if self._in((block.title, *block.lines)):
                    yield "封面"
            case Chart():
                if self._in((block.title, *block.labels, *(one.name for one in block.series), *block.notes)):
                    yield f"图「{block.heading}」"
            case _:
                pass

    def _table(self, table: Table) -> Iterator[str]:
        outside = [table.caption, *table.notes, *(text for _, text in table.groups)]
        if self._in([*outside, *(str(value) for value in table.totals if isinstance(value, str))]):
            yield f"「{table.caption or '表'}」"
        for n, column in enumerate(table.columns):
            if column.type in IMPERSONAL:
                continue
            # all of a column at once; the rows are looked at only when there is something
            texts = {row[n] for row in table.rows if isinstance(row[n], str)}
            if not self._in(map(str, texts)):
                continue
            for place, row in enumerate(table.rows):
                if isinstance(row[n], str) and self.personal(str(row[n])):
                    yield table.records[place] if place < len(table.records) else f"第 {place + 1} 行「{column.label}」"
