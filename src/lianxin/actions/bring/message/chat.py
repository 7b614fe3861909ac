"""A pasted chat, note or single message parted by who wrote: WeChat's and QQ's copies, ``名字：话``, notes by label."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct, field
from msgspec.structs import replace

from lianxin.core.day.spoken import day as spoken_day
from lianxin.core.text.pattern import late

_CLOCK = r"(?:(?:凌晨|早上|上午|中午|下午|晚上) ?)?\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?: ?[AaPp][Mm])?"
_DATE = r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{1,2}[-/月]\d{1,2}日?"
_DAY = rf"(?:{_DATE}|今天|昨天|前天|(?:星期|周)[一二三四五六日天])"
_WHEN = rf"(?:{_DAY}(?:[ ,，]*{_CLOCK})?|{_CLOCK})"
_WHO = r"(?P<who>[^\s:：，。,；;！!？?][^:：，。,；;！!？?\n]{0,23}?)"

#: A name and when, alone in a line, in either order; a name and a colon alone; a name, a colon and what was said.
_DATED = late(rf"{_WHO}(?:[ \t\u3000]+|[:：][ \t\u3000]*)(?P<when>{_WHEN})[:：]?\s*\Z")
_WHEN_FIRST = late(rf"(?P<when>{_WHEN})[ \t\u3000]+{_WHO}[:：]?\s*\Z")
_ALONE = late(rf"{_WHO}[:：]\s*\Z")
_SAYS = late(r"(?P<who>[^\s:：，。,；;！!？?/]{1,12})[:：](?P<said>[^/\s].*)\Z")
#: A line that only says when what follows was written.
_DATE_LINE = late(rf"[-—─=\s]*(?P<when>{_WHEN})[-—─=\s]*\Z")
_DAY_IN = late(_DAY)
#: What stands where something else than words was sent.
_MEDIA = late(r"\[(?:图片|照片|视频|语音|动画表情|表情|文件|位置|链接|聊天记录|拍了拍|小程序)[^\]]*\]|<图片>|@所有人")

#: Of these, what is worth keeping.
_KEPT = late(r"[\[<](图片|照片|视频|语音|文件|位置)[^\]>]*[\]>]")

#: Words before a colon that are a label in a note, not somebody who writes: the field of an issue each fills.
LABELS: Mapping[str, str] = {
    **dict.fromkeys(("反映人", "姓名", "来电人", "反映群众", "求助人", "联系人", "群众姓名"), "reporter"),
    **dict.fromkeys(("电话", "联系电话", "手机", "来电号码", "电话号码", "联系方式"), "phone"),
    **dict.fromkeys(("村", "所属村", "所在村", "村社", "村组", "所属村组", "住址", "地址", "地点", "何地"), "where"),
    **dict.fromkeys(("时间", "反映时间", "来电时间", "日期"), "raised"),
    **dict.fromkeys(("事由", "标题", "主题"), "summary"),
    **dict.fromkeys(("内容", "反映内容", "诉求", "问题", "反映问题", "情况", "原话", "来电内容", "说"), "words"),
}


class Message(Struct, frozen=True):
    """What one person wrote, all of it.

    Attributes:
        who: As the chat calls him; empty for a message by itself.
        day: On which, as ISO text; empty where nothing says.
        when: The words that say so.
        text: His own words, line by line.
        media: What else than words was sent, 图片 for each picture.
        noted: What stands after labels, by the field it fills, with the label.
    """

    who: str
    day: str
    when: str
    text: str
    media: tuple[str, ...] = ()
    noted: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def messages(text: str, today: date, sends: Callable[[str], bool] = lambda _who: False) -> list[Message]:
    """The messages of a text, one for each who wrote; a text without anybody's name is one message.

    Args:
        text: As it was copied.
        today: From where 昨天 and days without their year are looked at.
        sends: Whether whoever stands before a colon in the first line is somebody who writes.
    """
    sent = [line.strip() for line in text.replace("\r\n", "\n").split("\n")]
    lines = [_MEDIA.sub("", line).strip() for line in sent]
    by: dict[str, Message] = {}
    who, when, day = "", "", ""
    for whole, line, head in zip(sent, lines, _heads(lines, sends), strict=True):
        if head is not None:
            who = head.get("who", who)
            if said := head.get("when", ""):
                when, day = said, _day(said, today) or day
            line = head.get("said", "")  # noqa: PLW2901 - what is left of it
        media = tuple(found[1] for found in _KEPT.finditer(whole))
        if line or media:
            before = by.get(who, Message(who, day, when, ""))
            by[who] = replace(before, text=f"{before.text}\n{line}".strip(), media=(*before.media, *media))
    return [with_notes(one) for one in by.values()]


def _heads(lines: Sequence[str], sends: Callable[[str], bool]) -> Iterator[dict[str, str] | None]:
    """Of each line what it says of who wrote and when, None where it is somebody's words."""
    chatting = any(_DATED.match(line) or _WHEN_FIRST.match(line) or _alone(line) for line in lines)
    told = [found for line in lines if (found := _SAYS.match(line)) and found["who"] not in LABELS]
    spoken = not chatting and len(told) > 1 and len(told) >= len([line for line in lines if line]) / 2
    first = next(filter(None, lines), "")
    alone = not chatting and (said := _SAYS.match(first)) is not None and sends(said["who"])
    for line in lines:
        if found := _DATE_LINE.match(line):
            yield {"when": found["when"]}
        elif found := _DATED.match(line) or _WHEN_FIRST.match(line) or _alone(line):
            yield {key: value for key, value in found.groupdict().items() if value}
        elif (spoken or (alone and line == first)) and (found := _SAYS.match(line)) and found["who"] not in LABELS:
            yield {"who": found["who"], "said": found["said"].strip()}
        else:
            yield None


def _alone(line: str) -> re.Match[str] | None:
    found = _ALONE.match(line)
    return found if found and found["who"] not in LABELS else None


def _day(when: str, today: date) -> str:
    """The day a heading names; of an hour alone, nothing."""
    found = _DAY_IN.search(when)
    if not found:
        return ""
    said = spoken_day(found[0].replace("/", "-"), today)
    return said if re.fullmatch(r"\d{4}-\d\d-\d\d", said) else ""


def with_notes(message: Message) -> Message:
    """What stands after labels is that field's; the whole stays as it was written."""
    noted: dict[str, tuple[str, str]] = {}
    for line in message.text.split("\n"):
        label, colon, said = re.sub("[:：]", ":", line, count=1).partition(":")
        name = LABELS.get(label.strip("【】[]（）() \t")) if colon else None
        if name and said.strip():
            noted.setdefault(name, (said.strip(), label.strip()))
    return replace(message, noted=noted)
