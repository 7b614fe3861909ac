"""A person's name: the people a cell names, the writings of one name, and how it looks masked.

Names are compared folded (``core.text.fold``): ``张 三`` is ``张三``, and no two people are parted by a blank. A name
of several parts (``阿卜杜拉·买买提``) is known by any part of it too.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from msgspec import Struct, field

from lianxin.core.text.digit import COUNTING
from lianxin.core.text.erased import erased
from lianxin.core.text.fold import DOTS, fold
from lianxin.core.text.misplaced import numbered
from lianxin.core.text.pattern import late
from lianxin.core.text.telephone import read_phone

#: Surnames of two characters, which stay whole: 欧阳秋实 → 欧阳*.
_COMPOUND = frozenset(
    re.findall(
        "..",
        "欧阳上官司马东方独孤南宫万俟闻人夏侯诸葛尉迟公羊赫连澹台皇甫宗政濮阳公冶太叔申屠公孙慕容仲孙钟离长孙"
        "宇文司徒鲜于司空闾丘子车亓官司寇巫马公西颛孙壤驷公良漆雕乐正宰父谷梁拓跋夹谷轩辕令狐段干百里呼延东郭"
        "南门羊舌微生梁丘左丘西门第五南荣东里仲长即墨达奚褚师纳兰单于淳于完颜耶律叶赫太史端木",
    )
)
_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗"
    "凤花方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹"
    "狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍"
    "虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲封芮储靳汲邴糜"
    "松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀"
    "蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄"
    "晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融"
    "冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公肖覃涂代佘仝冼苟郄晋楚闫付岳佟官母邸腾原奉"
)
#: Between people in one cell; a blank is looked at more closely.
_BETWEEN = late(r"[、,;:\uff0c\uff1b\uff1a/\uff0f|\uff5c&\uff06+\uff0b\n\r]+")
_BLANKS = late(r"[^\S\n\r]+")
_DOTTED = late(f"[{re.escape(DOTS)}]")
_BRACKETED = late(
    r"[(\uff08\[\uff3b【〔<\uff1c〈《]([^)\uff09\]\uff3d】〕>\uff1e〉》]*)[)\uff09\]\uff3d】〕>\uff1e〉》]?"
)
_AND_MORE = late(r"等\s*[\d一二两三四五六七八九十]*\s*[人户名].*", re.DOTALL)
_LATIN = late(r"[A-Za-z'\u2019\-]+")
#: What somebody in brackets is to the one before them.
_KIN = late(
    r"(?:之|其|的|前|原|系)?(?:妻子?|丈夫|夫|爱人|老伴|配偶|儿子?|[长次三四幺养继]子|子|女儿|[长次三四幺养继]女|女婿|女|"
    r"儿媳妇?|媳妇?|母亲?|父亲?|妈妈?|爸爸?|兄|弟弟?|哥哥?|姐姐?|妹妹?|孙女婿|孙媳妇?|[外曾重长]?孙[子女]|外孙|"
    r"[大二小](?:儿子?|女儿?)|公公|婆婆|[继养][父母]|祖[父母]|爷爷|奶奶|外公|外婆|岳[父母]|叔叔?|伯[父母]?|姑姑?|"
    r"舅舅?|嫂子?|弟媳妇?|外甥女?|侄[子女儿]?|亲属|家属|监护人|代理人?|代办人?|代[为填]?|委托人?|受托人?|联系人|户主|"
    r"曾用名|又名|小名|原名|别名|绰号|本名)[:\uff1a是为]?"
)
#: Words in a name's place that are no name.
_NO_NAME = frozenset({"匿名", "无", "不详", "未填", "本单位", "合计", "全部", "—", "-", "匿名人", "不愿透露", "群众"})
#: Of whoever gives no name.
_UNWILLING = late(
    r"匿名|不[愿肯想便让][^，。]{0,4}(?:名|姓|身份|透露)|(?:不|没有?|未)[留说署具报写][^，。]{0,2}(?:名|姓)"
)
#: Behind a name in its own cell: what somebody is to the one named, or how they are addressed.
_BEHIND = late(
    r"(?:的|之)?(?:家属|妻子?|丈夫|爱人|老伴|儿子|女儿|母亲|父亲|邻居|本人|夫妇|家|主任|支书|书记|组长|老师|医生|师傅|"
    r"大[哥姐爷娘叔伯婶妈]|先生|女士|同志)\Z"
)
#: Of these, what stands in brackets says something about somebody and names nobody: 在外务工, 水管所.
_SAYING = late(r"[在外已不的有无多病残亡故打务]|[户组村人员所站局镇办院校厂店会处科部队]\Z")
_SHORTEST, _LONGEST_BESIDE = 2, 4
#: An address that numbers a house or a room; 本村, 三组 and the like tell of many.
_NUMBERED = late(rf"[\d{COUNTING}](?:[号號栋幢座室楼院]|\d*\Z)|[屋院]\Z")
#: What no text means a person by, though somebody should be written down so.
_GROUP = late(r"第?[一二三四五六七八九十\d]+[组队]")
_OF_VILLAGE = late("^.*?(?:村民委员会|村|社区)")
_SHORTEST_HOME = 4


#: In a village's place: of those who stand in no record any more it is not known where they lived.
ANYWHERE = ""


class Known(Struct, frozen=True):
    """Whom a book's texts may name, and the words in which such a name is nobody's. All folded.

    Attributes:
        people: What its people may be called.
        words: Public words: what villages, groups, units and officials are called, categories, choices, labels.
        inside: Those of its people whose name stands in one of the words, or is one.
        tool: Those of them whose word is the tool's own (``单位``).
        lines: Offices' telephones, as ``core.telephone.read_phone`` keeps them.
        homes: Where its households live, as written and without the village.
        given: What those whom a record names are called without their surnames, by its id: it is what they are called
            there. Public words are not among them.
        places: The villages that a record is about, by its id.
        living: What the people of a village are called without their surnames, by its id.
        lost: Files of households whose names cannot be known: while there is one, nothing goes out.
    """

    people: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    inside: frozenset[str] = frozenset()
    tool: frozenset[str] = frozenset()
    lines: frozenset[str] = frozenset()
    homes: frozenset[str] = frozenset()
    given: Mapping[str, frozenset[str]] = field(default_factory=dict)
    places: Mapping[str, Collection[str]] = field(default_factory=dict)
    living: Mapping[str, frozenset[str]] = field(default_factory=dict)
    lost: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls,
        cells: Iterable[str],
        words: Iterable[str] = (),
        own: Iterable[str] = (),
        lines: Iterable[str] = (),
        homes: Iterable[str] = (),
        told_by_hand: Iterable[str] = (),
        named: Iterable[tuple[str, str]] = (),
        living: Iterable[tuple[str, str]] = (),
    ) -> Known:
        """From name cells, public words, words of the tool's own, offices' telephones and where households live.

        Args:
            named: Records, and the name cells of those whom they tell of.
            living: Villages, and the name cells of their people.
            told_by_hand: Words of the office's own files and of posts. Somebody may be named in them, so those with
                a name of three characters or more in them are no public words.
        """
        people = frozenset(name for cell in cells for name in writings(cell))
        free = (fold(word) for word in told_by_hand)
        harmless = (word for word in free if all(len(name) <= _SHORTEST for name in _inside(word, people)))
        public, told = frozenset(map(fold, words)).union(harmless), frozenset(map(fold, own))
        tool = frozenset(name for word in told for name in _inside(word, people))
        given, near = _given_in(named, public | told), _given_in(living, public | told)
        called = people.union(*given.values(), *near.values())
        inside = tool.union(*(_inside(word, called) for word in public | told))
        # a mobile is somebody's, be it written where the office's telephone belongs
        offices = frozenset(phone for phone in map(read_phone, lines) if phone and not phone.startswith("1"))
        lived = frozenset(home for cell in homes for home in _home(fold(cell)) if home not in public)
        return cls(people, public | told, inside, tool, offices, lived, given, living=near)


def _home(address: str) -> Iterator[str]:
    """An address that says where a house is, and what it says within the village."""
    for place in (address, _OF_VILLAGE.sub("", address)):
        if len(place) >= _SHORTEST_HOME and _NUMBERED.search(place):
            yield place


def _given_in(named: Iterable[tuple[str, str]], public: frozenset[str]) -> dict[str, frozenset[str]]:
    called: dict[str, frozenset[str]] = {}
    found: dict[str, frozenset[str]] = {}
    for record, cell in named:
        if cell not in called:
            called[cell] = frozenset(one for name in writings(cell) for one in given_names(name)) - public
        if called[cell]:
            found[record] = found.get(record, frozenset()) | called[cell]
    return found


def _inside(word: str, people: frozenset[str]) -> Iterator[str]:
    """Names that stand in a word."""
    for start in range(len(word)):
        for end in range(start + _SHORTEST, len(word) + 1):
            if word[start:end] in people:
                yield word[start:end]


def writings(cell: str) -> Iterator[str]:
    """Whatever a cell's people may be called in running text, folded.

    Their names, the parts of dotted ones, and what is left of 张三家属, 李四主任.
    """
    for name in _written(cell):
        for one in dict.fromkeys(map(fold, (name, *_DOTTED.split(name), _BEHIND.sub("", name)))):
            if len(one) >= _SHORTEST and not nobody(one) and not _GROUP.fullmatch(one):
                yield one


def given_names(name: str) -> Iterator[str]:
    """What somebody is called without the surname, where two characters are left: 李福生, 欧阳秋实, 李王福生."""
    surnames = [one in _SURNAMES for one in name[:_SHORTEST]]
    compound = name[:_SHORTEST] in _COMPOUND
    given = name[_SHORTEST:] if compound or (len(name) == _LONGEST_BESIDE and all(surnames)) else name[1:]
    if len(given) == _SHORTEST and (compound or any(surnames[:1])):
        yield given


def nobody(name: str) -> bool:
    """Whether a word in a name's place is no name, or is what stands there since it was taken out."""
    return name in _NO_NAME or erased(name)


def mask_one(name: str) -> str:
    """A single name's surname and a star: ``李　明`` → ``李*``, ``欧阳秋实`` → ``欧阳*``."""
    one = fold(name)
    if one.strip("*") == "" or nobody(one):
        return name
    return f"{one[: 2 if one[:2] in _COMPOUND and len(one) > _SHORTEST else 1]}*"


def mask_name(cell: str) -> str:
    """A name cell with everybody masked; what stands in brackets after a name goes.

    Of several in a cell one of a single character may be a piece of a name that a line's end parts: it is not shown.
    """
    names = list(_main(cell))
    return "、".join("*" if len(names) > 1 and len(fold(name)) == 1 else mask_one(name) for name in names) or "*"


def _written(cell: str) -> Iterator[str]:
    """Everybody in a cell, as written."""
    if cell.isalpha() and "等" not in cell:  # nearly every cell is one name by itself
        yield cell
        return
    yield from _main(cell)
    for inside in _BRACKETED.findall(cell):
        for part in _BETWEEN.split(inside):
            yield from _beside(part)


def _main(cell: str) -> Iterator[str]:
    """Those who do not stand in brackets."""
    for part in _BETWEEN.split(_AND_MORE.sub("", _BRACKETED.sub(" ", cell))):
        yield from _apart(part)


def _beside(text: str) -> Iterator[str]:
    """Somebody named in brackets: told by a word of kinship before, or by a surname; ``低保户`` is nobody."""
    found = _KIN.match(text.strip())
    name = text.strip()[found.end() :] if found else text.strip()
    if like_name(name) or (found and _may_name(fold(name))):
        yield name


def _may_name(folded: str) -> bool:
    return _SHORTEST <= len(folded) <= _LONGEST_BESIDE and not _SAYING.search(folded)


def like_name(text: str) -> bool:
    """Whether a text is of a name's length and begins with a surname, and does not say something of somebody."""
    folded = fold(text)
    return _may_name(folded) and (folded[0] in _SURNAMES or folded[:2] in _COMPOUND)


def kin(word: str) -> bool:
    """Whether a word says what somebody is to another: 孙子, 老伴, 户主."""
    return _KIN.fullmatch(word) is not None


def _apart(text: str) -> Iterator[str]:
    """The people in a text with blanks: a single character belongs to the one beside it, Latin words to each other."""
    pieces = _BLANKS.split(text.strip())
    if all(_LATIN.fullmatch(piece) for piece in pieces):
        yield from ([" ".join(pieces)] if any(pieces) else [])
        return
    while pieces:
        name = pieces.pop(0)
        if pieces and len(fold(name)) == 1:
            name += f" {pieces.pop(0)}"
        if len(pieces) == 1 and len(fold(pieces[0])) == 1:
            name += f" {pieces.pop(0)}"
        yield from ([name] if name else [])


_NUMBER = late(r"(?:[A-Za-z]{2,5}-)?(?:\d{4}-)?[A-Za-z]?\d+")


def unwilling(text: str) -> bool:
    """Whether a text in a name's place says that no name was given: 大爷，不愿说名字."""
    return _UNWILLING.search(fold(text)) is not None


def no_name(text: str) -> str:
    """What is said of a number or an id where a person's name is due, or in it; empty for any other text."""
    return "写的是编号或数字，不是姓名" if _NUMBER.fullmatch(fold(text)) else numbered(text)
