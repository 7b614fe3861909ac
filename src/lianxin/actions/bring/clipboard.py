"""What was copied last, wherever the desk stands."""

from __future__ import annotations

import shutil
import subprocess

from lianxin.core.error import LianxinError

#: What reads the clipboard: of Wayland, of X, of macOS, of Windows beside WSL.
_CLIPBOARDS = (
    ("wl-paste", "--no-newline"),
    ("xclip", "-selection", "clipboard", "-o"),
    ("xsel", "--clipboard", "--output"),
    ("pbpaste",),
    ("powershell.exe", "-NoProfile", "-Command", "[Console]::OutputEncoding=[Text.Encoding]::UTF8; Get-Clipboard -Raw"),
)


def clipboard_text() -> str:
    """What was copied last.

    Raises:
        LianxinError: No program that reads the clipboard is there.
    """
    for words in _CLIPBOARDS:
        if shutil.which(words[0]):
            done = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, timeout=20, check=False)
            return done.stdout.decode("utf-8", errors="replace")
    raise LianxinError("这台机器上读不了剪贴板；请不加 --剪贴板，直接粘贴进来，或存成文件再读")
