"""Photographs as a telephone takes them, made by the tests."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

#: Where the picture says it was taken, what turned it, when.
_PLACE, _TURNED, _TAKEN = 0x8825, 0x0112, 0x0132


def photograph(path: Path, *, size: tuple[int, int] = (400, 300), turned: int = 1, taken: str = "") -> Path:
    """A picture, red at its upper left, that tells where and when it was taken."""
    image = Image.new("RGB", size, "tan")
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 4, size[1] // 4), fill="red")
    exif = image.getexif()
    exif[_TURNED] = turned
    if taken:
        exif[_TAKEN] = taken
    place = exif.get_ifd(_PLACE)
    place[1], place[2], place[3], place[4] = "N", (24.0, 12.0, 30.0), "E", (110.0, 3.0, 9.0)
    image.save(path, exif=exif)
    return path
