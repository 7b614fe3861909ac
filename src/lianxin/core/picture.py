"""Pictures before they have a look: what is seen, what is said of it, and whether the public may see it."""

from __future__ import annotations

from base64 import b64encode

from msgspec import Struct


class Picture(Struct, frozen=True):
    """One photograph.

    Attributes:
        file: Where it stands in the ledger; tells its format by its end.
        data: Its bytes.
        caption: Under it.
        record: Of the evidence it is.
        public: It may be shown to everybody.
    """

    file: str
    data: bytes
    caption: str
    record: str = ""
    public: bool = False

    @property
    def line(self) -> str:
        """What is said of it where it cannot be; of one that is drawn and is no evidence, what is said under it."""
        return f"照片：{self.caption}（{self.record}）" if self.record else self.caption

    @property
    def inline(self) -> str:
        """An address that holds the whole of it."""
        format_ = "png" if self.file.endswith(".png") else "jpeg"
        return f"data:image/{format_};base64,{b64encode(self.data).decode()}"


class Pictures(Struct, frozen=True):
    """Photographs that stand side by side, two in a row.

    Attributes:
        record: What they are about.
        kept_back: So many more are not for everybody.
    """

    pictures: tuple[Picture, ...]
    record: str = ""
    kept_back: int = 0

    @property
    def lines(self) -> tuple[str, ...]:
        """What is said of them where no picture can be."""
        return (*(one.line for one in self.pictures), *self.notes)

    @property
    def notes(self) -> tuple[str, ...]:
        """What stands under them."""
        return (f"另有照片 {self.kept_back} 张，只在内部件里印。",) if self.kept_back else ()

    @property
    def rows(self) -> tuple[tuple[Picture, ...], ...]:
        """Two by two."""
        return tuple(self.pictures[n : n + 2] for n in range(0, len(self.pictures), 2))
