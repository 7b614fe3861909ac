"""Every diagnostic the tool can give, declared once: ``check``, ``explain`` and the docs read this table.

Families: Y reading a file · F fields · R identity and references · D across records · P policy and forms ·
H hints of a careful clerk · L lives of records · G git and the folder · A the history of the book.
"""

from __future__ import annotations

from lianxin.core.code import across, audit, field, hint, life, policy, reading, record, repository
from lianxin.core.code.declaration import Code

__all__ = ["CODES", "Code"]

_FAMILIES = (reading, field, record, across, policy, hint, life, repository, audit)

#: By their ids, family by family.
CODES: dict[str, Code] = {code.id: code for family in _FAMILIES for code in family.CODES}
