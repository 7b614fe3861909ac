"""A picture or paper as the ledger keeps it.

A photograph is turned upright and made smaller, and holds nothing but what is seen on it: no place, no camera, no
thumbnail of what was cut away. Any other file is kept byte for byte.
"""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from lianxin.core.error import LianxinError, UsageError
from lianxin.core.problem import spelt
from lianxin.storage.git.disk import ordinary

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

#: Pictures that are made anew, by the names Pillow gives their formats, and as what they are kept.
_ANEW = {"JPEG": "JPEG", "MPO": "JPEG", "PNG": "PNG", "WEBP": "JPEG", "BMP": "PNG", "TIFF": "JPEG", "GIF": "PNG"}
_OPENED = ("JPEG", "PNG", "WEBP", "BMP", "TIFF", "GIF")  # an MPO begins as a JPEG
_SUFFIX = {"JPEG": "jpg", "PNG": "png"}
#: Files that are kept as they are.
KEPT = ("pdf", "docx", "doc", "xlsx", "xls", "pptx", "ppt", "wps", "et", "ofd", "txt")
#: Pictures that Pillow does not read.
_FOREIGN = ("heic", "heif", "avif")
#: A picture of more points than any telephone takes is a trap.
_POINTS = 200_000_000
_MEGABYTE = 1_000_000
#: Where a picture says when it was taken.
_TAKEN = (0x9003, 0x0132)
_DETAILS = 0x8769


class Taken(Struct, frozen=True):
    """A file as it is kept.

    Attributes:
        suffix: Of its name, without the dot.
        day: When it was taken, where it says so.
    """

    data: bytes
    suffix: str
    day: date | None = None


def taken(path: Path, *, most: int, side: int, quality: int) -> Taken:
    """What is kept of a file; the file itself stays as it is.

    Args:
        path: Where it is.
        most: Megabytes it may have.
        side: The longer side of a picture, in points.
        quality: Of a photograph, as JPEG counts it.

    Raises:
        UsageError: There is no such file, or it is nothing that can be kept; said in one sentence.
    """
    try:
        data = ordinary(path, follow=True)
    except FileNotFoundError:
        raise UsageError(f"没有「{spelt(str(path))}」这个文件，请看路径对不对") from None
    except (LianxinError, OSError) as error:
        raise UsageError(f"「{spelt(str(path))}」读不出来：{error}") from None
    suffix = path.suffix.removeprefix(".").lower()
    if not data:
        raise UsageError(f"「{spelt(path.name)}」是空的")
    if suffix in _FOREIGN:
        raise UsageError(f"「{spelt(path.name)}」是 {suffix.upper()} 格式，很多电脑打不开；请在手机上另存为 JPG 再加")
    if suffix not in KEPT:
        return _picture(path.name, data, side, quality)
    if len(data) > most * _MEGABYTE:
        size = len(data) / _MEGABYTE
        raise UsageError(
            f"「{spelt(path.name)}」有 {size:.1f} 兆，最多 {most} 兆（policy/attachments.yaml 里的「上限」）"
        )
    return Taken(data, suffix)


def _picture(name: str, data: bytes, side: int, quality: int) -> Taken:
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data), formats=_OPENED) as image:
            if image.width * image.height > _POINTS:
                raise UsageError(f"「{spelt(name)}」有 {image.width}×{image.height} 点，太大了，不像照片")
            as_, day = _ANEW[str(image.format)], _day(image)
            shown = ImageOps.exif_transpose(image)
            shown.thumbnail((side, side), Image.Resampling.LANCZOS)
            return Taken(_anew(shown, as_, quality), _SUFFIX[as_], day)
    except UnidentifiedImageError:
        kinds = "、".join(("jpg", "png", *KEPT))
        raise UsageError(f"「{spelt(name)}」认不出是什么文件，能收的有 {kinds}") from None
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise UsageError(f"「{spelt(name)}」像是坏了，打不开（{type(error).__name__}）；请重新传一份") from None


def _anew(image: Picture, as_: str, quality: int) -> bytes:
    """The points alone, in a picture that was never anything else."""
    from PIL import Image

    mode = "RGB" if as_ == "JPEG" else ("RGBA" if "A" in image.getbands() or "transparency" in image.info else "RGB")
    bare = Image.new(mode, image.size, "white" if mode == "RGB" else None)
    bare.paste(image.convert(mode))
    made = io.BytesIO()
    if as_ == "JPEG":
        bare.save(made, as_, quality=quality, optimize=True)
    else:
        bare.save(made, as_, optimize=True)
    return made.getvalue()


def _day(image: Picture) -> date | None:
    """The day on which a picture says it was taken."""
    exif = image.getexif()
    details = exif.get_ifd(_DETAILS)
    for tag in _TAKEN:
        text = str(details.get(tag) or exif.get(tag) or "")[:10].replace(":", "-")
        try:
            return date.fromisoformat(text)
        except ValueError:
            continue
    return None
