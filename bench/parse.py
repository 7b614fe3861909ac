"""What ``check`` is measured against: one process that merely parses every record with the strict loader."""

from __future__ import annotations

import sys
from pathlib import Path

from lianxin.storage.read.reading import read_yaml

if __name__ == "__main__":
    for path in Path(sys.argv[1]).glob("*/**/*.yaml"):
        read_yaml(path.read_bytes())
