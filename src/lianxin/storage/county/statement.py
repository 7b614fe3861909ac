"""What is asked of a data set: written once, in DuckDB's words, which the other engines have translated to theirs."""

from __future__ import annotations

from lianxin.core.county import DENOMINATOR, EARLIER, NUMERATOR, SCORE

#: Behind the columns of a ledger: the record of each row, and the day that decides its period.
RECORD, DAY = "_record", "_day"


def _side(side: str, column: str = "amount") -> str:
    return f"sum(CASE WHEN side = '{side}' THEN {column} END)"


_SIDES = f"""{_side(NUMERATOR)} AS numerator, {_side(DENOMINATOR)} AS denominator,
    {_side(NUMERATOR, "records")} AS records,
    {_side(EARLIER[NUMERATOR])} AS before, {_side(EARLIER[DENOMINATOR])} AS whole_before,
    count(CASE WHEN side = '{EARLIER[NUMERATOR]}' THEN 1 END) AS compared"""

#: Each figure as a whole, office by office; of those named between strokes, where any are.
SHARES = f"""SELECT office, figure, axis, '' AS subject, version, {_SIDES}
FROM sums WHERE axis IN ('', '{SCORE}') AND ($figures = '' OR position(concat('|', figure, '|') IN $figures) > 0)
GROUP BY office, figure, axis, version"""  # noqa: S608 - our own words

#: Each figure by words and through time, over all offices that count it by one definition.
SPREAD = f"""SELECT '' AS office, figure, axis, subject, version, {_SIDES}
FROM sums WHERE axis NOT IN ('', '{SCORE}')
GROUP BY figure, axis, subject, version"""  # noqa: S608 - our own words

#: What all offices come to, by one definition, and in how many of them anything stands.
WHOLE = f"""SELECT figure, axis, subject, side, sum(amount) AS amount, sum(records) AS records, version,
    count(DISTINCT office) AS offices
FROM sums WHERE axis <> '{SCORE}'
GROUP BY figure, axis, subject, side, version"""  # noqa: S608 - our own words

#: The records behind a figure.
FACTS = """SELECT office, side, subject, record, day, amount FROM facts
WHERE figure = $figure AND ($office = '' OR office = $office)
ORDER BY office, side, day NULLS FIRST, length(record), record, amount"""

DUTIES = "SELECT office, duty, required, unit, bound, finished, behind, idle, missed, gap, until, version FROM duties"

FROZEN = """SELECT office, report, record, period, made, figure, value, numerator, denominator, version FROM frozen
ORDER BY office, record"""
