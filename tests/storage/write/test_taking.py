"""What is kept of a photograph or a paper."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from tests.pictures import photograph

from lianxin.core.error import UsageError
from lianxin.storage.write.taking import Taken, taken


def _kept(path: Path) -> tuple[Taken, Image.Image]:
    found = taken(path, most=1, side=160, quality=85)
    return found, Image.open(io.BytesIO(found.data))


def test_forty_pictures_tell_no_place_afterwards(tmp_path: Path) -> None:
    for n in range(40):
        suffix = ("jpg", "png", "webp")[n % 3]
        path = photograph(tmp_path / f"{n}.{suffix}", size=(200 + n, 150), turned=n % 8 + 1)
        before = path.read_bytes()
        with Image.open(path) as whole:
            assert whole.getexif().get_ifd(0x8825)
        found, picture = _kept(path)
        assert not dict(picture.getexif())
        assert not {"exif", "xmp", "icc_profile", "comment"} & set(picture.info)
        assert b"Exif" not in found.data
        assert path.read_bytes() == before


def test_it_is_turned_upright_and_made_smaller(tmp_path: Path) -> None:
    found, picture = _kept(photograph(tmp_path / "a.jpg", size=(400, 300), turned=6, taken="2026:03:01 09:12:00"))
    assert (picture.size, found.suffix, found.day) == ((120, 160), "jpg", date(2026, 3, 1))
    red, _, blue = picture.crop((110, 5, 111, 6)).convert("RGB").tobytes()
    assert red > 200 > blue


def test_a_small_one_is_not_made_larger_and_glass_stays_glass(tmp_path: Path) -> None:
    Image.new("RGBA", (20, 10), (255, 0, 0, 0)).save(tmp_path / "章.png")
    found, picture = _kept(tmp_path / "章.png")
    assert (picture.size, picture.mode, found.suffix) == ((20, 10), "RGBA", "png")


def test_a_paper_is_kept_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "验收单.PDF").write_bytes(b"%PDF-1.7 \r\n\xff\x00")
    assert taken(tmp_path / "验收单.PDF", most=1, side=160, quality=85) == Taken(b"%PDF-1.7 \r\n\xff\x00", "pdf")


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("没有.jpg", None, "没有「"),
        ("空.jpg", b"", "是空的"),
        ("半张.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "打不开"),
        ("苹果.heic", b"ftypheic", "另存为 JPG"),
        ("程序.exe", b"MZ\x90", "认不出是什么文件"),
        ("大.pdf", b"0" * 1_000_001, "最多 1 兆"),
    ],
)
def test_what_cannot_be_kept_is_refused_by_name(name: str, data: bytes | None, told: str, tmp_path: Path) -> None:
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(UsageError) as refused:
        taken(path, most=1, side=160, quality=85)
    assert told in str(refused.value)
    assert name in str(refused.value)


def test_a_folder_and_a_pipe_are_no_files(tmp_path: Path) -> None:
    import os

    os.mkfifo(tmp_path / "管道.jpg")
    for path in (tmp_path, tmp_path / "管道.jpg"):
        with pytest.raises(UsageError):
            taken(path, most=1, side=160, quality=85)
