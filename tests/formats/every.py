"""Every format, for tests that hold of all; what a PDF says."""

from __future__ import annotations

import re
import subprocess

import pytest
from tests.programs import need

from lianxin.formats import FORMATS

#: Setting a PDF needs a Chinese typeface, which not every machine has.
EVERY = pytest.mark.parametrize(
    "format_", [pytest.param(f, id=f.name, marks=pytest.mark.slow if f.name == "pdf" else ()) for f in FORMATS]
)


def pdf_text(output: bytes) -> str:
    """The text of a PDF, lines of Chinese joined, and what it says of itself."""
    need("pdftotext", "pdfinfo")
    read = subprocess.run(["pdftotext", "-raw", "-", "-"], input=output, check=True, capture_output=True)
    facts = subprocess.run(["pdfinfo", "-"], input=output, check=True, capture_output=True)
    return re.sub(r"(?<=[^\x00-\x7f])\n(?=[^\x00-\x7f])", "", read.stdout.decode()) + facts.stdout.decode()
