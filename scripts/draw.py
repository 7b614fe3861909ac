"""Pictures of files as their readers see them: through LibreOffice, Typst's own pages, and Chromium, in few colours."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from lianxin.formats.paper.typeface import BLACK, BODY, SCRIPT, TITLE

#: Program → the Debian package that brings it.
PROGRAMS = {
    "soffice": "libreoffice-writer libreoffice-calc",
    "pdftoppm": "poppler-utils",
    "pdftotext": "poppler-utils",
    "chromium": "chromium",
    "convert": "imagemagick",
}
_OFFICE = (".docx", ".xlsx")
_DOTS = 80
_COLOURS = 24
#: Width and height of a desk's screen and of a phone's.
_SCREENS = {"电脑": (1000, 1300), "手机": (500, 1000)}
#: The same of a terminal's, as Rich draws one of 80 by 24.
_TERMINAL = {"屏幕": (1000, 640)}


def need() -> None:
    """End with the packages to be installed, where a program is missing."""
    missing = sorted({PROGRAMS[name] for name in PROGRAMS if shutil.which(name) is None})
    if missing:
        sys.exit(f"apt install {' '.join(missing)}")


def draw(files: Mapping[str, tuple[Path, Sequence[str]]], work: Path) -> dict[str, list[Path]]:
    """Pictures of each file, by the name its pictures are to begin with.

    Args:
        files: Name → the file, and texts whose pages are shown besides the first.
        work: Where whatever is needed on the way may stand.
    """
    environment = os.environ | {"FONTCONFIG_FILE": str(_typefaces(work))}
    papers = _papers([path for path, _ in files.values() if path.suffix in _OFFICE], work, environment)
    made: dict[str, list[Path]] = {}
    for name, (path, sought) in files.items():
        paper = papers.get(path) or (path if path.suffix == ".pdf" else None)
        found = _pages(paper, sought, work / name) if paper else _screens(path, work / name, environment)
        made[name] = [_small(picture) for picture in found]
    return made


def _typefaces(work: Path) -> Path:
    """Where the customary typefaces are not installed, those that stand for them on every machine with Noto's."""
    aliases = []
    for names in (BODY, TITLE, BLACK, SCRIPT):
        at = next(n for n, name in enumerate(names) if name.startswith("Noto"))
        stand_in = f"<accept><family>{names[at]}</family></accept>"
        alike = (*names[:at], *(("宋体",) if names is BODY else ()))
        aliases += [f'<alias binding="same"><family>{name}</family>{stand_in}</alias>' for name in alike]
    file = work / "fonts.conf"
    listed = f'<include ignore_missing="yes">/etc/fonts/fonts.conf</include>{"".join(aliases)}'
    file.write_text(f'<?xml version="1.0"?><fontconfig>{listed}</fontconfig>', encoding="utf-8")
    return file


def _papers(files: Sequence[Path], work: Path, environment: Mapping[str, str]) -> dict[Path, Path]:
    """Each office file as LibreOffice prints it; names in a folder may differ in their suffix alone."""
    made: dict[Path, Path] = {}
    profile = f"-env:UserInstallation={(work / 'profile').as_uri()}"
    for folder, suffix in sorted({(file.parent, file.suffix) for file in files}):
        chosen = [file for file in files if (file.parent, file.suffix) == (folder, suffix)]
        out = folder / f"paper{suffix}"
        subprocess.run(
            ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(out), *map(str, chosen)],
            check=True,
            capture_output=True,
            env=environment,
        )
        made |= {file: out / f"{file.stem}.pdf" for file in chosen}
    return made


def _pages(paper: Path, sought: Sequence[str], stem: Path) -> Iterator[Path]:
    """The first page, and those on which one of the texts stands."""
    read = subprocess.run(["pdftotext", "-raw", str(paper), "-"], check=True, capture_output=True, text=True).stdout
    texts = [re.sub(r"\s", "", page) for page in read.split("\f")]
    shown = [n for n, text in enumerate(texts, 1) if n == 1 or any(word in text for word in sought)]
    for n in shown:
        name = f"{stem}-第{n:02}页"
        page = ["-r", str(_DOTS), "-f", str(n), "-l", str(n), "-singlefile"]
        subprocess.run(["pdftoppm", "-png", *page, str(paper), name], check=True)
        yield Path(f"{name}.png")


def _screens(path: Path, stem: Path, environment: Mapping[str, str]) -> Iterator[Path]:
    """A page, or every page of a folder but its villages' after the first, on a desk and on a phone."""
    pages = [path] if path.is_file() else [*sorted(path.glob("*.html")), *sorted(path.glob("*/*.html"))[:1]]
    for page in pages:
        for screen, (wide, high) in (_TERMINAL if page.suffix == ".svg" else _SCREENS).items():
            beside = f"{page.stem}-" if path.is_dir() else ""
            picture = Path(f"{stem}-{beside}{screen}.png")
            options = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--virtual-time-budget=4000")
            profile = f"--user-data-dir={stem.parent / 'browser'}"
            shot = (f"--window-size={wide},{high}", f"--screenshot={picture}", page.as_uri())
            subprocess.run(["chromium", *options, profile, *shot], check=True, capture_output=True, env=environment)
            yield picture


def _small(picture: Path) -> Path:
    """In few colours, without what differs from run to run."""
    few = ["+dither", "-colors", str(_COLOURS), "-strip", "-define", "png:compression-level=9"]
    subprocess.run(["convert", str(picture), *few, f"PNG8:{picture}"], check=True)
    return picture
