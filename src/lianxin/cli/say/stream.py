"""A long list into a pipe: part by part, each masked and looked through before it goes out."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from lianxin.cli.run.saying import tell, turned
from lianxin.cli.run.session import Session
from lianxin.cli.say.output import face_of
from lianxin.core.document import Document, Face
from lianxin.core.error import LianxinError
from lianxin.formats import Format
from lianxin.formats.face.mask import mask, veil_of
from lianxin.formats.face.scan import Scan
from lianxin.formats.paper.foot import alarm
from lianxin.formats.screen.reworded import reworded
from lianxin.reports.ledger.parted import Parted


def stream(session: Session, listed: Parted, look: Format) -> None:
    """Print a list.

    Raises:
        LianxinError: Something personal is left in a part; what stands before it has gone out.
    """
    if look.stream is None:
        raise TypeError(look.name)
    for text in look.stream(_shown(session, listed, look)):
        sys.stdout.write(text)
    sys.stdout.flush()
    if look.name == "csv" and (loud := alarm(listed.whole.provenance)):
        tell(f"{loud}\n")


def _shown(session: Session, listed: Parted, look: Format) -> Iterator[Document]:
    """Its parts as they may be seen."""
    face = face_of(session, None)
    public = face is Face.PUBLIC
    veil, scan = (veil_of(listed.whole), Scan(listed.whole.names)) if public else (None, None)
    out = 0
    for part in listed.parts:
        masked = mask(reworded(part, turned) if look.name == "terminal" else part, face, veil)
        try:
            if scan:
                scan.refuse(masked)
        except LianxinError as error:
            raise LianxinError(f"{error}；前面的 {out} 条已经写出" if out else str(error)) from None
        yield masked
        out += sum(len(block.rows) for block in part.blocks if hasattr(block, "rows"))
