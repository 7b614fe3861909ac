"""P047: indicators on records are those of ``indicators.yaml``, or no figure finds them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lianxin.core.book import Book
from lianxin.core.problem import Finding
from lianxin.kinds.path import near
from lianxin.policies.indicator import holding, lists_of


def check(book: Book) -> Iterator[Finding]:
    """An indicator that is not listed; without a list every word will do."""
    listed = _names(book.policy("indicators") or {})
    if not listed:
        return
    for kind in holding():
        for spec, indicator, _quantity in lists_of(kind):
            written = f"""SELECT t.id, j.key, json_extract(j.value, '$."{indicator.label}"') AS word
                FROM "{kind.name}" AS t JOIN json_each(t."{spec.name}") AS j WHERE t."{spec.name}" IS NOT NULL
                ORDER BY t.id, j.key"""  # noqa: S608 - declared names
            for record, n, word in book.sql(written):
                if word not in listed:
                    told = near(word, listed) or "；要用它，先在 policy/indicators.yaml 里加上"
                    where = (spec.label, n, indicator.label)
                    yield Finding("P047", record, where, f"没有「{word}」这个指标，报表合计不到它{told}")


def _names(policy: Mapping[str, Any]) -> frozenset[str]:
    listed = policy.get("指标")
    return frozenset(
        str(entry["指标"])
        for entry in (listed if isinstance(listed, list) else ())
        if isinstance(entry, Mapping) and "指标" in entry
    )
