"""What can be asked of a rectification beyond what was typed: what depends on the day."""

from __future__ import annotations

from lianxin.core.sql import words
from lianxin.kinds.life.event import Light
from lianxin.kinds.rectification.state import RUNNING

_RUNNING = f"state IN {words(RUNNING)}"

LIGHT = f"""CASE WHEN NOT {_RUNNING} THEN NULL
WHEN due < :now THEN '{Light.LATE}' WHEN warn_on <= :today THEN '{Light.SOON}' ELSE '{Light.FINE}' END"""

OVERDUE = f"""CASE WHEN {_RUNNING} AND due < :now
THEN CAST(julianday(:today) - julianday(substr(due, 1, 10)) AS INTEGER) END"""
