"""Sums of money in SQL: to the cent, and whole where they are whole."""

from __future__ import annotations


def cents(sum_: str) -> str:
    """SQL for a sum without what binary fractions leave behind; nothing stays nothing.

    Read again as text, a whole sum becomes an integer and minus nought becomes nought.
    """
    return f"CAST(CAST(round({sum_}, 2) AS TEXT) AS NUMERIC)"


def summed(list_: str, label: str, where: str = "1") -> str:
    """SQL for the sum of one field over the parts of a list column, each of them ``j.value``."""
    amount = f"CAST(json_extract(j.value, '$.{label}') AS NUMERIC)"
    return cents(f"(SELECT sum({amount}) FROM json_each({list_}) AS j WHERE {where})")  # noqa: S608 - columns of our own
