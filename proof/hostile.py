"""Files that were never meant to be read: bombs, wrong encodings, half of everything, values that YAML turns."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from proof.fuzz_case import Case

#: A record to spoil, and the line before which something is put into it.
_PATH, _LINE = "households/HU-A0020.yaml", 3

#: Values that YAML takes for something else; here each is the words that were typed, or is refused.
_VALUES = (
    *("0571", "12:30", "3.10", "1e3", "0o17", "0x1F", "1_000", "+1", ".5", "1.", "-0", "190:20:30", "685.230_15"),
    *(
        "no",
        "Yes",
        "on",
        "NULL",
        "~",
        "null",
        ".inf",
        ".NaN",
        "true",
        "2026-02-30",
        "2026-13-01",
        "2026-02-29T25:61:00Z",
    ),
    *(
        "#x",
        "a #b",
        "a # b",
        "a\t#b",
        "'a'#b",
        '"a" #b',
        "=",
        "a: b",
        "- a",
        "? a",
        ": a",
        "-",
        "?",
        ":",
        "- - -",
        "? - :",
    ),
    *("&a v", "*a", "&", "*", "!", "! v", "!!str v", "!x v", "!!python/name:os.system", "!!binary aGk=", "!<tag:x> y"),
    *(
        "%x",
        "@x",
        "`x`",
        '"a',
        "'a",
        '"a" b',
        "'a' b",
        "[a",
        "{a",
        "[a] b",
        "{a} b",
        "{a: b",
        "[a, b: c",
        "{a, a}",
        "]",
        "}",
        ",",
    ),
    *(
        "{a: 1, a: 2}",
        "[,]",
        "{,}",
        "{?}",
        "[? a]",
        "| a",
        "> a",
        "|9",
        "|0",
        ">-+",
        "|+-",
        '"\\q"',
        '"\\x0"',
        '"\\u12"',
    ),
    *('"\\ud800"', '"\\0"', '"\\u2028"', '"\\x1b[31m"', "---", "...", "<<: v", "<<<<<<< x", "=======", "\u201ca\u201d"),
    *(
        "\x85x",
        "\u2028x",
        "\u00a0x",
        "\u3000x",
        "\ufeffx",
        "\u202ex",
        "\u200bx",
        "\ufffex",
        "\x7fx",
        "\x00",
        "a\rb",
        "\x1b[0m",
    ),
)
_KEYS = (
    *(
        '""',
        '" "',
        "'编号'",
        "编号",
        "编号 ",
        "编号\u200b",
        "编号\u3000",
        "<<",
        "*a",
        "&a b",
        "!t b",
        "~",
        "[a]",
        "{a: b}",
    ),
    *("1", "null", "- a", "备 注", "備註", "__class__", "|", ">", "? x", "户主\uff1a", "备注\uff1a"),
)


def _bombs() -> Iterator[tuple[str, str]]:
    for depth in (33, 1000, 25_000, 60_000, 400_000):
        yield f"[ × {depth}", "户主: " + "[" * depth
        yield f"{{a: × {depth}", "户主: " + "{a: " * min(depth, 200_000)
    yield "[…] × 100000", "户主: " + "[" * 100_000 + "]" * 100_000 + "\n"
    for depth in (33, 700):
        yield f"缩进 × {depth}", "".join(" " * n + "a:\n" for n in range(depth))
        yield f"- × {depth}", "- " * depth + "a\n"
        yield f"? × {depth}", "? " * depth + "a\n"
    laughs = "".join(f"{chr(98 + n)}: &{chr(98 + n)} [{','.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(9))
    yield "十亿个笑话", "a: &a [x,x,x,x,x,x,x,x,x]\n" + laughs
    merges = "".join(f"a{n}: &a{n}\n  <<: [*a{n - 1}, *a{n - 1}, *a{n - 1}]\n" for n in range(1, 30))
    yield "合并键炸弹", "a0: &a0 {k: v}\n" + merges
    yield "自己引用自己", "&a a: *a\n"
    yield "列表含自己", "a: &a [*a]\n"
    yield "六万个键", "".join(f"键{n}: v\n" for n in range(60_000))
    yield "六万个同名键", "编号: a\n" * 60_000
    yield "十万项", "附件:\n" + "  - a\n" * 100_000
    yield "冒号", "a:" * 300_000
    yield "单引号", "a: " + "'" * 300_001
    yield "长键", "k" * 200_000 + ": v\n"
    yield "井号", "a: " + " #" * 200_000 + "\n"
    yield "全角冒号", "键\uff1a值\n" * 60_000
    yield "制表符", "a:\n" + "\t" * 100_000 + "b\n"
    yield "减号", "-" * 900_000
    yield "百分号", "%YAML 1.1\n" * 1000 + "--- a\n"
    yield "三横", "---\n" * 1000
    yield "反斜杠", '备注: "' + "\\\\" * 100_000 + "\n"
    yield "引号对", "备注: " + '"a" ' * 50_000 + "\n"
    yield "五百万字一行", "备注: " + "字" * 5_000_000 + "\n"


def _encoded(good: str) -> Iterator[tuple[str, bytes]]:
    data = good.encode()
    yield "空", b""
    yield "空白", b"   \n"
    yield "只有注释", b"# x\n"
    yield "NUL", b"\0"
    yield "BOM", b"\xef\xbb\xbf" + data
    yield "BOM 两次", b"\xef\xbb\xbf" * 2 + data
    yield "UTF-16", good.encode("utf-16")
    yield "UTF-16 无 BOM", good.encode("utf-16-be")
    yield "UTF-32", good.encode("utf-32")
    yield "GBK", good.encode("gb18030")
    yield "Big5", "編號: 甲\n".encode("big5")
    yield "Latin-1", b"a: \xe9\n"
    yield "过长编码", b"a: \xc0\xaf\n"
    yield "代理码位", b"a: \xed\xa0\x80\n"
    yield "半个字", data[:-2]
    yield "压缩包", b"\x1f\x8b\x08\x00" + bytes(range(256)) * 8
    yield "程序", b"\x7fELF\x02\x01\x01" + bytes(2000)
    yield "回车行尾", good.replace("\n", "\r").encode()
    yield "Windows 行尾", good.replace("\n", "\r\n").encode()
    yield "一处 Windows 行尾", good.replace("\n", "\r\n", 1).encode()
    yield "NEL 行尾", good.replace("\n", "\x85", 2).encode()
    yield "两份", f"{good}---\n{good}".encode()
    yield "结束之后还有", f"{good}...\n编号: b\n".encode()
    yield "开头三横", f"---\n{good}".encode()
    yield "版本 2.0", f"%YAML 2.0\n---\n{good}".encode()
    yield "清单", b"- a\n"
    yield "一句话", b"abc\n"
    yield "JSON", json.dumps({"编号": "HU-A0020"}).encode()
    yield "路径当编号", good.replace("HU-A0020", "../../etc/x").encode()
    yield "一行兆字", f"{good}# {'x' * 1_048_576}\n".encode()


def hostile(texts: Sequence[tuple[str, str]]) -> list[Case]:
    """All of them, over the sample's records."""
    lines = [line for line in dict(texts)[_PATH].splitlines() if not line.startswith("备注")]
    good = "".join(f"{line}\n" for line in lines)

    def put(*new: str) -> bytes:
        return ("\n".join([*lines[:_LINE], *new, *lines[_LINE:]]) + "\n").encode("utf-8", "surrogatepass")

    found = [Case(f"炸弹 {name}", _PATH, text.encode(), closely=False) for name, text in _bombs()]
    found += [Case(f"文件 {name}", _PATH, data) for name, data in _encoded(good)]
    found += [Case(f"值 {value!r}", _PATH, put(f"备注: {value}"), _LINE + 1) for value in _VALUES]
    found += [Case(f"键 {key!r}", _PATH, put(f"{key}: 值"), _LINE + 1) for key in _KEYS]
    sides = ("<<<<<<< HEAD", "备注: 甲", "||||||| base", "=======", "备注: 乙", ">>>>>>> 他")
    found.append(Case("冲突", _PATH, put(*sides), _LINE + 1))
    found.append(Case("块里的冲突", _PATH, put("备注: |", *(f"  {side}" for side in sides)), _LINE + 2))
    found.append(Case("半个冲突", _PATH, put("======="), _LINE + 1))
    return found
