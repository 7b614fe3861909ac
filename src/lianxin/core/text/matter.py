"""Several matters told in one text: a line each, with ； between them, or counted.

matters("1. 渠堵了 2. 路灯不亮") → ("渠堵了", "路灯不亮")
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lianxin.core.text.pattern import late

#: How one begins that is counted: 1. 2、 （3） ④ 五、 六是.
_COUNTED = late(
    r"(?:^|(?<=[\s。；;，,：:]))"
    r"(?:[（(]\d{1,2}[)）]|\d{1,2}[.．、)）](?!\d)|[\u2460-\u2473]|[（(]?[一二三四五六七八九十]{1,2}(?:[)）]|、|是))\s*|"
    r"(?<=[说讲])[一二三四五六七八九十]是"
)
_FIRST = late("[1一\u2460]")
#: What stands before the first of those that are counted, and says no more than that they follow.
_HEADING = late(r"(?:.{0,20}|.{0,60}[一两二三四五六七八九十几\d]\s*[个件点条](?:事情?|问题|情况|意见))[：:]\s*")
#: Behind what words a report says what was asked for, and where it says how many follow.
_ASKS = late(r"(?:反映|提出|诉求|要求|建议|意见|希望)[^。！!？?；;：:\n]{0,14}[：:]")
_MANY = late(r"[两二三四五六七八九十几\d]\s*[个件点条]")
#: So much of a matter tells which it is.
_SHORT = 24
_BETWEEN = late("[；;]")
#: How another one begins in speech.
_BESIDES = late(
    r"(?:(?<=[。！!？?；;\n，,])|^)\s*(?:还有(?:一?[件个]?(?:事|问题)(?:情)?|就是)?|另外(?:还有)?|再(?:一个|就是|有)|另一件(?:事)?|"
    r"第[二三四五六]件?(?:事)?(?:是|，|,|、))[，,：:]?\s*(?=\S)"
)
#: That there is none.
_NONE = late(
    r"(?:其他|其它|别的)?(?:暂?无|暂?没有?|未提|未反映)(?:其他|其它|什么|别的|任何)?"
    r"(?:诉求|建议|意见|问题|困难|需求|要求|和|与|及|、)*[。.！!]?"
)


def matters(text: str) -> tuple[str, ...]:
    """The matters that a text tells of, each in its own words; none of 没有诉求."""
    told = (one for line in text.splitlines() for one in _in_line(line.strip()))
    return tuple(one for one in told if not _NONE.fullmatch(one))


def spoken(text: str) -> tuple[str, ...]:
    """The matters of a message, whose lines go on with one another: counted, parted by ；, or begun with 还有, 另外."""
    told: list[str] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        first, *others = [*_in_line(line)] or [line]
        counted = _COUNTED.match(line) is not None or bool(others and _COUNTED.search(line))
        if told and not counted:
            told[-1] = f"{told[-1]}\n{first}"
        else:
            told.append(first)
        told += others
    pieces = (piece.strip(" ，,；;\n") for one in told for piece in _BESIDES.split(one))
    return tuple(piece for piece in pieces if piece and not (_NONE.fullmatch(piece) or _HEADING.fullmatch(piece)))


def reported(text: str) -> tuple[tuple[str, ...], str]:
    """The matters that the report of a visit tells of, and the words by which it does.

    Those behind 反映两件事：, else those that are counted; what is told by the way is none.
    """
    found = _ASKS.search(text)
    if found:
        rest = text[found.end() :].strip()
        lines = _MANY.search(found[0]) and not any(_COUNTED.match(line.strip()) for line in rest.splitlines())
        return (matters(rest) if lines else spoken(rest)), found[0]
    marks = [*_COUNTED.finditer(text)]
    first = next((n for n, mark in enumerate(marks) if _FIRST.search(mark[0])), len(marks))
    if len(marks) - first < 2:
        return (), ""
    words = "".join(mark[0].strip() for mark in marks[first:])
    return spoken(text[marks[first].start() :]), words


def short(text: str) -> str:
    """As much of a matter as tells which it is."""
    return text if len(text) <= _SHORT else f"{text[:_SHORT]}……"


def undecided(told: Sequence[str], made: Sequence[str], declined: str) -> tuple[str, ...]:
    """Of the matters that a visit tells of, those of which nobody has said what is to become.

    Args:
        told: In their own words.
        made: The words of each issue that was made of one.
        declined: Why of others none was, as it stands in the record: of all, or each with its words in 「」.
    """
    if declined and "「" not in declined:
        return ()
    left = [one for one in told if f"「{short(one)}」" not in declined]
    if len(made) >= len(left):
        return ()
    return tuple(one for one in left if not any(one in words for words in made))


def _in_line(line: str) -> Iterator[str]:
    marks = [*_COUNTED.finditer(line)]
    counted = bool(marks) and (marks[0].start() == 0 or _FIRST.search(marks[0][0]) is not None)
    if not counted or (len(marks) == 1 and marks[0].start()):
        yield from filter(None, (one.strip() for one in _BETWEEN.split(line)))
        return
    before = line[: marks[0].start()]
    told = "" if _HEADING.fullmatch(before) else before
    ends = [mark.start() for mark in marks[1:]] + [len(line)]
    for mark, end in zip(marks, ends, strict=True):
        whole = line[:end] if told else line[mark.end() : end]  # in the middle of a sentence the count is of its words
        if one := whole.strip(" ；;，,、\t"):
            yield one
        told = ""
