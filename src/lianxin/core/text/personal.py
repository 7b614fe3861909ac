"""What in running text is personal by its shape.

Telephones, identity and card numbers, passports, mail, QQ and WeChat ids, number plates, house numbers. Days, sums,
ids, codes, document and work-order numbers may look alike and are nobody's: they are told by their own shapes, and by
the words before and behind them. The patterns are over what ``core.digit.reading`` makes of a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from itertools import pairwise

from msgspec import Struct

from lianxin.core.text.digit import COUNTING, SPELLED, heard, reading, spelled
from lianxin.core.text.fold import APART
from lianxin.core.text.identity import is_card
from lianxin.core.text.pattern import late
from lianxin.core.text.telephone import PHONE


class Sort(StrEnum):
    """What has been found."""

    PHONE = "电话"
    NUMBER = "证件号、卡号"
    ACCOUNT = "账号"
    PLATE = "车牌"
    HOUSE = "门牌"


class Found(Struct, frozen=True):
    """One stretch of a text as it was written."""

    sort: Sort
    start: int
    end: int


#: Where it is worth looking at a line at all: seven digits with little between them, a word before an account, the
#: first two characters of a plate, what follows the number of a house.
_RUN = late(r"\d(?:(?:[^\w\n\0*]|[_\u30fc]){0,4}\*{0,2}\d){6,}")
_ACCOUNT_WORD = late(
    r"[QVWqvw\uff31\uff36\uff37\uff51\uff56\uff57扣企微威薇护通][QXEqxe\uff31\uff38\uff25\uff51\uff58\uff45信扣鹅照行]"
)
_PROVINCE = late(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][ .·\-(\uff08]?"
    r"[A-Za-z\uff21-\uff3a\uff41-\uff5a]"
)
_HOUSE_WORD = late(rf"[号號栋幢座元](?<=[\d{COUNTING}单 ].)")
_WORD = late(
    r"门牌|(?:小区|花园|家园|公寓|苑|安置[点区房])\d|支付宝|钉钉|抖音|快手|小红书|卡号|[账帐]号"
    r"|[(\uff08]at|[#\uff03]|[微加] ?[信我]|短号|虚拟网|社保卡|医保卡|居住证|[官士]证|兵证"
)
_LIKELY = (_RUN, SPELLED, late("[@\uff20]"), _ACCOUNT_WORD, _PROVINCE, _HOUSE_WORD, _WORD)
#: What else may stand before an account where a line is looked at anyway.
_BESIDE = late("加个|银行卡")
#: What follows a number may say what it is: a unit.
_BEHIND = 10

_DAY = (
    # written in full it may be of any year: of a typing error, or the first or the last there is
    r"(?:[01]\d|2[0-2]|99)\d\d-(?:1[0-2]|0[1-9])-(?:[12]\d|3[01]|0[1-9])(?!\d)(?:[ T]\d{1,2}:\d\d(?::\d\d)?)?"
    # with its hour, without its century, apart by blanks, the day first
    r"|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]) \d{1,2}:\d\d|\d\d-\d\d?-\d\d? \d{1,2}:\d\d"
    r"|(?:19|20)\d\d (?:0[1-9]|1[0-2]) (?:0[1-9]|[12]\d|3[01])(?!\d|[ \-]\d)"
    r"|(?:[12]\d|3[01]|0?[1-9])[-./](?:1[0-2]|0?[1-9])[-./](?:19|20)\d\d(?!\d)"
    r"|(?:19|20)\d\d(?:[-./年] ?(?:1[0-2]|0?[1-9])[-./月] ?(?:[12]\d|3[01]|0?[1-9])(?!\d)日?(?: \d{1,2}:\d\d)?"
    r"|[-./](?:1[0-2]|0?[1-9])(?!\d)(?![-.]\d)|-(?:19|20)\d\d(?!\d))"
)
#: As the tool itself writes it: what most runs of digits are is known without the patterns for all of them.
_WRITTEN_DAY = late(r"(?:19|20)\d\d-(?:1[0-2]|0[1-9])-(?:[12]\d|3[01]|0[1-9])(?: \d{1,2}:\d\d)?")
#: A day written in one, perhaps with a number behind it (20261122000123); a year with one (2026-044).
_STAMP = r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{0,9}(?!\d)|(?:19|20)\d\d-\d{3}(?!\d)"
_RECORD = r"(?<=[A-Z]-)\d{4}-[A-Z]\d{4,}(?!\d)|(?<=[A-Z]-[A-Z])\d{4,}(?!\d)|(?<=[A-Z]-\d{4}-[A-Z])\d{4,}(?!\d)"
_EVENT = r"(?:(?<=〔)[0-9a-f]{10}(?=〕)|(?<=--event )[0-9a-f]{10}(?![0-9A-Za-z]))"
#: In full it is as long as nothing else is; cut short it must not hold so many digits in a row as a telephone has.
#: One that is nothing but digits is known by its place alone: what is typed as an id is not looked at.
_HASH = (
    r"(?<![0-9A-Za-z])(?=(?:\d*[a-f]){3})"
    r"(?:[0-9a-f]{64}|[0-9a-f]{40}|(?![0-9a-f]*\d{7})[0-9a-f]{10})(?![0-9A-Za-z])"
)
_HEX = late(r"[0-9a-f]*")
_UNIT = (
    r" ?(?:元|万|亿|角|块[钱多整]|人(?![接听家])|户(?!主)|亩|斤|吨|公[里斤顷分升]|平[方米]|立方|米|千[克瓦米元]|百|度"
    r"|株|棵|[%‰]|km|kg|m2)"
)
_SUM = rf"(?!1[3-9]\d{{9}}(?!\d))(?:\d{{1,3}}(?:[ ,]\d{{3}})+|\d+(?:-\d+)?)(?:\.\d+)?(?={_UNIT})"
#: As the tool prints sums: 34 350 000. A mobile is never grouped so.
_THOUSANDS = r"(?!1[3-9] \d{3} \d{3} \d{3})\d{1,3}(?: \d{3}){2,3}(?:\.\d+)?(?! ?\d)"
#: Two sums beside each other: 3500 4000.
_HUNDREDS = r"[1-9]\d?00 [1-9]\d?00(?![\d.]|[ -]\d)"
_DECIMAL = (
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+\.\d{1,2}(?![\d.])"
    # by threes, as papers print sums: nobody writes a telephone so
    r"|(?!1[3-9] \d{3} \d{3} \d{3}(?!\d))[1-9]\d{0,2}(?: \d{3})+(?:\.\d{1,2})?(?![\d.]|[ -]\d)"
)

#: At most one blank or dash between digits, for what is longer than a telephone.
_G = r"[ \-]?"
_BIRTH = rf"(?:1{_G}9|2{_G}0){_G}\d{_G}\d{_G}"
_MONTH_DAY = rf"(?:0{_G}[1-9]|1{_G}[0-2]){_G}(?:[012]{_G}\d|3{_G}[01]){_G}"
_REGION = rf"[1-9]{_G}\d{_G}\d{_G}\d{_G}\d{_G}\d{_G}"
_IDENTITY = (
    rf"{_REGION}{_BIRTH}{_MONTH_DAY}\d{_G}\d{_G}\d{_G}[\dXx](?![\dA-Za-z])"
    rf"|{_REGION}\d{_G}\d{_G}{_MONTH_DAY}\d{_G}\d{_G}\d(?!\d)"
    # with signs that part sums and lists elsewhere: only where it is six, eight and four
    r"|[1-9]\d{5}[.,/\u3001](?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[012]\d|3[01])[.,/\u3001]\d{3}[\dXx](?![\dA-Za-z])"
)
#: With the day of birth written as one; of a day of these years only: other numbers stand before a day too.
_DATED_BIRTH = late(r"\d ?(?:19\d\d|20[01]\d) ?[年./\-]")
_DATED_IDENTITY = late(
    r"(?<!\d)[1-9]\d{5}[ \-(]{0,2}(?:19\d\d|20[01]\d) ?[年./\-] ?\d{1,2} ?[月./\-] ?\d{1,2} ?日?[ \-)]{0,2}"
    r"\d{3}[\dXx](?![\dA-Za-z])"
)
_PASSPORT = (
    r"(?<![A-Za-z0-9\-])(?:[EGDSPH](?!(?:19|20)\d\d(?:0[1-9]|1[0-2]))\d{8}|E[A-HJ-NP-Z]\d{7}|[HM]\d{10})(?![A-Za-z0-9])"
)
_CARD = r"\d{4}(?:[ \-]\d{4}){3}(?:[ \-]?\d{1,3})?(?!\d)"
#: With signs that part years elsewhere: its last digit decides.
_PARTED = r"(?!(?:(?:19|20)\d\d[.,/\u3001] ?){3})\d{4}(?:[.,/\u3001] ?\d{4}){3}(?:[.,/\u3001] ?\d{1,3})?(?!\d)"
_LONG = r"\d{9,}[Xx]?(?![\dA-Za-z])"
#: Such a number is a region's code: its first two digits are a province's, and no mobile begins so.
_CODE = late(r"(?:1[12]|2[123]|3[1-7]|4[1-6]|5[0-4]|6[1-5])\d{10}")

_NUMBER_WORD = late(
    r"(?:文号|编号|编码|凭证|工单|单号|订单|流水|受理|代码|邮编|批号|字第|案号|合同|发票|税号|许可证|备案|序号|第|[Nn][Oo]\.?"
    r"|#|价款?|款|金?额|费用?|资金?|投资|收入|产值|补助|贷款|预算|决算|造价|共|合计|总计|(?<!预)约|[¥$])号?"
    r"[:=为是约计]? ?\Z"
)
_PAPER_WORD = late(r"(?:文号|发文|来文|公文|文件)[^\d]{0,6}\Z")
#: The letters of a code before its number: XS-2026-0012.
_CODED = late(r"(?<![A-Za-z])(?!TEL)[A-Z]{1,6}-\Z")
_PHONE_WORD = late(
    r"(?:电话|手机|座机|固话|热线|号码|联系|拨打|致电|来电|打给?|传真|[Tt][Ee][Ll]|[Pp]hone|证号|卡号|账[号户]|银行卡|微信|QQ)"
    r"[号码]?[:=为是]? ?\Z"
)
_BEFORE = 14

_MAIL = late(
    r"[A-Za-z0-9][\w.+\-]*(?: ?(?:@|[(]at[)]) ?[A-Za-z0-9\-]+(?: ?\. ?[A-Za-z0-9\-]+)+"
    r"|#(?:qq|163|126|139|189|sina|gmail)\.c[a-z]+)",
    re.ASCII,
)
_AT = late(r"[@#]|[(]at[)]")
_LABELLED = late(
    r"(?:[Qq]{2}|扣扣|企鹅)[号群码:是为 ]{0,4}(?P<qq>[1-9](?:[ \-]?\d){4,11})"
    r"|(?:微 ?信|威信|薇信|[Vv]信|(?<=加我|加个)[Vv](?![A-Za-z])|[Vv][Xx]|[Ww][Xx]|[Ww]e[Cc]hat|[Ww]ei ?[Xx]in)"
    r"(?: ?(?:[号码]{1,2}|ID)[:是为( ]{0,3}|:(?=[A-Za-z])|[:是为( ]{1,3}(?=[A-Za-z]*[\d\-])|(?=[A-Za-z\-]+\d\d))"
    r"(?P<wechat>(?![A-Z]{2,5}-)[A-Za-z][A-Za-z0-9_\-]{5,19})"
    r"|(?<![A-Za-z0-9])(?P<wxid>wxid-[A-Za-z0-9\-]{5,})"
    r"|(?:支付宝|钉钉|抖音|快手|小红书)(?:(?:[账帐]号|[号码ID]{1,2})[:是为( ]{0,3}|[:是为( ]{0,3}(?=[A-Za-z\-.]*\d))"
    r"(?P<other>(?![A-Z]{2,5}-|(?:19|20)\d\d-|[\d,.]+ ?[元万块])[A-Za-z0-9][A-Za-z0-9.\-]{5,19})"
    r"|(?:卡号|[账帐]号|银行卡号?)[码:是为 ]{0,3}(?P<bank>(?!(?:19|20)\d\d-)\d(?:[ \-]?\d){8,22})"
    r"|(?:护照|通行证|社保卡|医保卡|居住证)[号码:是为 ]{0,4}(?P<passport>[A-Za-z]{0,2} ?\d(?: ?\d){5,10})"
    r"|(?:军官|警官|文职|士兵|退役|军士)证[号码:是为 ]{0,4}[^\W\d]{0,3}第?(?P<service>\d{5,12})"
    r"|(?:短号|虚拟网号?)[号码:是为 ]{0,3}(?P<short>\d{3,8})(?! ?[\d元个张万])"
)
_PLATE = late(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼](?: ?|[.\-(])[A-HJ-Za-hj-z][ .\-)]{0,2}"
    r"(?:(?=[A-Za-z]{0,3}\d)[A-HJ-NP-Za-hj-np-z0-9]{4,5}[A-HJ-NP-Za-hj-np-z0-9挂学警港澳]"
    r"|(?=(?:[A-Z] ){0,3}\d)[A-HJ-NP-Z0-9](?: [A-HJ-NP-Z0-9]){3,4} [A-HJ-NP-Z0-9挂学警港澳])(?![A-Za-z0-9\-])"
)
_N = rf"(?:\d{{1,4}}|[{COUNTING}]{{1,5}})"
#: What is numbered in public: wells, lamps, papers, rooms to meet in.
_WORKS = "(?![井渠塘路桥灯泵机坝线点田地桩台变水文令件]|会议|会堂|候选|提案|议案|公告|通知|选票)"
_NO = rf" ?第? ?{_N}(?:[\-之]\d{{1,3}})? ?[号號#]{_WORKS}"
_ROOM = rf"(?:{_N}(?:[号號]楼|栋|幢|座|单元|层|楼|室|[号號]))*(?:\d{{3,4}}室?(?!\d))?"
_HOUSE = late(
    rf"(?:[组路街巷弄]|大道|胡同)(?P<road>{_NO}(?:附\d{{1,3}}[号號])?{_ROOM})"
    # up to 31 it may be a day of the month
    rf"|(?:村|社区)(?P<village>(?:(?:3[2-9]|[4-9]\d|\d{{3,4}}) ?[号號]{_WORKS}|{_NO}(?=[院房屋宅家户门])){_ROOM})"
    # by itself it is a house where somebody lives in it; up to 31 only as a yard: 12号院坝会 is on a day
    rf"|(?<![月\d{COUNTING}.\-/第])(?P<yard>{_N} ?[号號](?=大?院(?:[子内里外门口的住,。;:)、 ]|\Z))"
    r"|(?:3[2-9]|[4-9]\d|[1-9]\d{2,3}) ?[号號](?=大?院(?![长士区校])|[宅屋]|住户|人家|农户|家[里门]|门口))"
    rf"|(?P<room>(?:{_N}(?:[号號]楼|栋|幢|座))?{_N}单元"
    rf"(?:{_N}[室号號]|\d{{3,4}}(?! ?[\d元块户人个只张万度吨米])|[〇零一二三四五六七八九]{{3,4}})"
    rf"|{_N}(?:[号號]楼|栋|幢|座)\d{{3,4}}[室号號]?)"
    r"|(?:小区|花园|家园|公寓|苑|安置[点区房])(?P<estate>\d{1,3}-(?:\d{1,2}-)?\d{3,4}室?|\d{1,3}-\d{1,2}-\d{1,2}(?!\d))"
    r"|门牌号?码?[:是为 ]{0,2}"
    rf"(?P<door>(?:\d{{1,4}}|[{COUNTING}]{{2,5}})(?:-\d{{1,3}})*(?! ?[\d块个张元万户号號]))"
    rf"|(?:住在?|住址|地址|门牌号?)[:是为 ]?[^,。;\d]{{0,12}}(?P<home>{_NO}{_ROOM})"
)


_FREE = rf"(?P<free>{_RECORD}|{_EVENT}|{_HASH}|\(?(?:{_DAY}))"  # the bracket before a day is no area's
_EXACT = f"(?P<identity>{_IDENTITY})|(?P<passport>{_PASSPORT})|(?P<parted>{_PARTED})"
_SUMS = f"(?P<sum>{_SUM}|{_THOUSANDS}|{_HUNDREDS})|(?P<decimal>{_DECIMAL})"
_REST = f"(?P<card>{_CARD})|(?P<stamp>{_STAMP})|{PHONE}|(?P<long>{_LONG})"
_NUMBERS = late(rf"(?<!\d)(?:{_FREE}|{_EXACT}|{_SUMS}|{_REST})")


def find(text: str, label: str = "") -> list[Found]:
    """Everything personal in a text, from left to right, no two overlapping.

    Args:
        label: What stands over the text, a heading of its column: it says what a bare number is.
    """
    found: list[Found] = []
    text = heard(text)
    for start, end in _lines(text):
        read = reading(text[start:end])
        for sort, first, last in sorted(_all(read.text, label), key=lambda one: (one[1], -one[2])):
            begin, stop = read.span(first, last)
            if not found or start + begin >= found[-1].end:
                found.append(Found(sort, start + begin, start + stop))
    return found


def _lines(text: str) -> list[tuple[int, int]]:
    """Lines that may hold something."""
    found = set()
    for likely in _LIKELY:
        end = -1
        for hit in likely.finditer(text):
            if hit.end() > end:
                line = _LINE_END.search(text, hit.end())
                end = line.start() if line else len(text)
                start = max(text.rfind("\n", 0, hit.start()), text.rfind(APART, 0, hit.start())) + 1
                found.add((start, end))
    return sorted(found)


def _all(read: str, label: str) -> Iterator[tuple[Sort, int, int]]:
    for run in _RUN.finditer(read):
        yield from _numbers_in(read, run.start(), run.end(), label)
    yield from _spelled_out(read)
    for found in _DATED_IDENTITY.finditer(read) if _DATED_BIRTH.search(read) else ():
        yield Sort.NUMBER, *found.span()
    for found in _MAIL.finditer(read) if _AT.search(read) else ():
        yield Sort.ACCOUNT, *found.span()
    # what each of these begins with is looked for first: compiling one takes as long as searching many lines
    named = _WORD.search(read)
    for found in _LABELLED.finditer(read) if named or _ACCOUNT_WORD.search(read) or _BESIDE.search(read) else ():
        papers = found["passport"] or found["bank"] or found["service"]
        yield Sort.NUMBER if papers else Sort.ACCOUNT, *found.span(str(found.lastgroup))
    for found in _PLATE.finditer(read) if _PROVINCE.search(read) else ():
        yield Sort.PLATE, *found.span()
    for found in _HOUSE.finditer(read) if named or _HOUSE_WORD.search(read) else ():
        yield Sort.HOUSE, *found.span(str(found.lastgroup))


def _numbers_in(read: str, start: int, end: int, label: str) -> Iterator[tuple[Sort, int, int]]:
    """What is somebody's in a run of digits; the letters and signs right before may belong to it."""
    if read[start - 1 : start] not in _LEADING and _WRITTEN_DAY.fullmatch(read, start, end):
        return
    while start and read[start - 1] in _LEADING:
        start -= 1
    whole = _HEX.match(read, end)  # a digest is told by how long it is
    stop = max(end + _BEHIND, whole.end() + 1 if whole else 0)
    for found in _NUMBERS.finditer(read, start, min(len(read), stop)):
        if found.start() >= end:  # of the next run, and perhaps not whole here
            return
        sort = _sort(found, read[max(0, found.start() - _BEFORE) : found.start()], label)
        if sort is not None:
            bracket = found[0].startswith("(") and ")" not in found[0]  # it closes behind
            yield sort, found.start() + bracket, found.end()


def _sort(found: re.Match[str], before: str, label: str) -> Sort | None:
    """Whose a number is by its shape and the words before it; None for what is nobody's."""
    if found["free"] or found["decimal"]:
        return None
    if found["identity"] or found["passport"]:
        return Sort.NUMBER
    if found["parted"]:
        return Sort.NUMBER if is_card(re.sub(r"\D", "", found[0])) else None
    if found["mobile"]:
        return Sort.PHONE
    called = _PHONE_WORD.search(before)
    if found["sum"] or found["stamp"]:
        return Sort.PHONE if called and len(re.sub(r"\D", "", found[0])) in _LOCAL_DIGITS else None
    numbered = (_NUMBER_WORD.search(before), _PAPER_WORD.search(before), _CODED.search(before))
    if not called and (any(numbered) or _NUMBER_WORD.search(label)):
        return Sort.NUMBER if is_card(re.sub(r"\D", "", found[0])) else None
    if found["long"]:
        return None if _CODE.fullmatch(found[0]) else Sort.NUMBER
    return Sort.NUMBER if found["card"] else Sort.PHONE


#: What may stand right before a number and be part of it: of an id, of a passport, of a telephone with its country.
_LEADING = frozenset("+( 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_SPELLED_NUMBER = late(rf"{PHONE}|1[3-9]\d{{9}}|\d{{15,}}")
_LINE_END = late(r"[\n\0]")
_LOCAL_DIGITS = (7, 8)


def _spelled_out(read: str) -> Iterator[tuple[Sort, int, int]]:
    """Telephones and longer numbers in Chinese numerals; ``张三一三九…`` begins behind the name."""
    for digits, places in spelled(read):
        listed = all(later - earlier > 1 for earlier, later in pairwise(places))  # 二、三、四、五、六、七、八组
        for found in _SPELLED_NUMBER.finditer(digits):
            if not (found["local"] and (found.start() or listed)):
                yield Sort.PHONE, places[found.start()], places[found.end() - 1] + 1
