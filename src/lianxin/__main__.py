"""``python -m lianxin``."""

from lianxin.cli import main

main()
