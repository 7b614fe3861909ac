"""What commands say beside documents: printed so that no name of a file, no stored word can steer the terminal."""

from __future__ import annotations

import sys


def speak(text: str) -> None:
    """Print on the screen; what a terminal would obey is shown instead."""
    from lianxin.formats.sanitise import for_terminal

    sys.stdout.write(for_terminal(text))


def tell(text: str) -> None:
    """Print beside the answer, where it goes into no file and no pipe; what a terminal would obey is shown instead."""
    from lianxin.formats.sanitise import for_terminal

    sys.stderr.write(for_terminal(text))
