"""Every diagnostic the tool can give, declared once: ``check``, ``explain`` and the docs read this table.

Families: Y reading a file · F fields · R identity and references · D across records · P policy and forms ·
H hints of a careful clerk · L lives of records.
"""

from __future__ import annotations

from lianxin.core.code import across, field, hint, life, policy, reading, record
from lianxin.core.code.declaration import Code

__all__ = ["CODES", "Code"]

#: By their ids, family by family.
CODES: dict[str, Code] = {
    code.id: code for family in (reading, field, record, across, policy, hint, life) for code in family.CODES
}
