"""The notice board for everybody: axe-core finds nothing at three widths, in light and dark; no page moves sideways.

The pages are looked at as they are, policy and all, in frames as wide as the screens meant: a headless window is never
narrower than 500.
"""

from __future__ import annotations

import json
import re
import shutil
from html import unescape
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from tests.slow.test_site_browser import board, browse

pytestmark = pytest.mark.slow

__all__ = ["board"]

AXE = Path(__file__).with_name("axe-core") / "axe.min.js"
WIDTHS = (360, 768, 1280)
#: Pages of each sort, and the searches that show a list, nothing, one issue by itself.
PAGES = (
    *(f"{name}.html" for name in ("index", "week", "affairs", "promises", "projects", "surveys", "access")),
    *("search.html", "search.html#q=meiyou", "search.html#id=WT-2026-A0013", "village/CUN-A0003.html"),
)

#: In each page: what axe finds wrong or cannot tell, and what one on a phone would stumble over.
_LOOK = """
addEventListener("load", () => setTimeout(async () => {
  const all = (chosen) => [...document.querySelectorAll(chosen)];
  const found = await axe.run({ preload: false, resultTypes: ["violations"] });
  const told = {
    wrong: found.violations.map((one) => [one.id, ...one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160))]),
    dark: matchMedia("(prefers-color-scheme: dark)").matches,
    wide: document.documentElement.scrollWidth > innerWidth,
    small: all("nav a, button:not([hidden]), select, input, .villages a")
      .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 44).map((one) => one.textContent),
    broken: all(".compact").filter((one) => one.getClientRects().length > 1).map((one) => one.textContent),
    charts: all(".chart svg").map((one) => one.getBoundingClientRect().right).filter((right) => right > innerWidth),
    unreached: all(".wide").filter((one) => one.scrollWidth > one.clientWidth &&
      !(one.tabIndex === 0 && one.getAttribute("role") === "region" && one.getAttribute("aria-label"))).length,
    levels: all("h1, h2, h3, h4").filter((one) => one.checkVisibility()).map((one) => Number(one.tagName[1])),
  };
  parent.postMessage([new URLSearchParams(location.search).get("n"), told], "*");
}, 300));
"""
_FRAMES = """<!DOCTYPE html><html><body><pre id="told"></pre><script>
const told = {};
addEventListener("message", (event) => {
  told[event.data[0]] = event.data[1];
  document.getElementById("told").textContent = JSON.stringify(told);
});
</script>%s</body></html>"""


@pytest.fixture(scope="module")
def looked(board: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The board, each page looking at itself."""
    folder = tmp_path_factory.mktemp("looked") / "board"
    shutil.copytree(board, folder)
    shutil.copy(AXE, folder / "axe.js")
    (folder / "look.js").write_text(_LOOK, encoding="utf-8")
    for page in folder.rglob("*.html"):
        up = "../" * (len(page.relative_to(folder).parts) - 1)
        added = f'<script src="{up}axe.js" defer></script><script src="{up}look.js" defer></script></head>'
        page.write_text(page.read_text(encoding="utf-8").replace("</head>", added), encoding="utf-8")
    return folder


def told(folder: Path, *, dark: bool) -> dict[tuple[str, int], dict[str, Any]]:
    """What each page says of itself at each width."""
    shown = [(page, width) for page in PAGES for width in WIDTHS]
    frames = []
    for n, (page, width) in enumerate(shown):
        path, _, place = page.partition("#")
        frames.append(f'<iframe src="{path}?n={n}#{place}" style="width:{width}px;height:900px;border:0"></iframe>')
    (folder / "frames.html").write_text(_FRAMES % "".join(frames), encoding="utf-8")
    scheme = f"--blink-settings=preferredColorScheme={0 if dark else 1}"
    page = browse(
        (folder / "frames.html").as_uri(),
        folder,
        scheme,
        "--hide-scrollbars",
        "--virtual-time-budget=60000",
        "--dump-dom",
    )
    found = re.search(r'<pre id="told">(.*?)</pre>', page, re.DOTALL)
    assert found
    said = json.loads(unescape(found[1]) or "{}")
    return {shown[int(n)]: one for n, one in said.items()}


@pytest.mark.parametrize("dark", [False, True])
def test_everybody_can_use_it(looked: Path, dark: bool) -> None:
    said = told(looked, dark=dark)
    assert len(said) == len(PAGES) * len(WIDTHS)
    assert {one.pop("dark") for one in said.values()} == {dark}
    for one in said.values():
        levels = one.pop("levels")
        one["gaps"] = [level for before, level in pairwise([0, *levels]) if level > before + 1]
    assert {
        key: {name: what for name, what in one.items() if what} for key, one in said.items() if any(one.values())
    } == {}
