"""Records spoilt in ways that people, editors, mergers and disks spoil them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from random import Random

#: The spoilt file, and the line (from 1) of the fault, where it is known where it must be told.
Spoilt = tuple[str | bytes, int | None]
Mutation = Callable[[Random, list[str]], Spoilt | None]

_KEY = re.compile(r"^( *(?:- )?)([\u4e00-\u9fffA-Za-z]+): ?(.*)$")
_HIDDEN = ("\u200b", "\u2060", "\u3000", "\u00a0", "\u00ad", "\ufe0f", "\u180e")
_SIGNS = ("\n", " ", "#", ":", "-", '"', "'", "|", ">", "[", "}", ",", "\t", "\\", "?")
_CONTROLS = ("\0", "\x07", "\x1b", "\x85", "\u2028", "\ufeff", "\x7f", "\r", "\x0b")


def _pick(random: Random, lines: Sequence[str], wanted: Callable[[str], object]) -> int | None:
    found = [n for n, line in enumerate(lines) if wanted(line)]
    return random.choice(found) if found else None


def _put(lines: Sequence[str], n: int, *new: str, instead: int = 1) -> str:
    """The text with other lines in the place of ``instead`` of them."""
    return "\n".join([*lines[:n], *new, *lines[n + instead :]]) + "\n"


def _key(line: str) -> re.Match[str] | None:
    return _KEY.match(line)


def _filled(line: str) -> bool:
    found = _KEY.match(line)
    return bool(found and found[3])


def _plain(line: str) -> bool:
    """A line whose value is bare words, some."""
    found = _KEY.match(line)
    return bool(found and len(found[3]) > 3 and found[3][0] not in "\"'|>[{#")


def _top(line: str) -> bool:
    return bool(re.match(r"^[\u4e00-\u9fff]+: \S", line))


def _changed(wanted: Callable[[str], object], change: Callable[[Random, str], str]) -> Mutation:
    """One line of a sort, changed."""

    def mutate(random: Random, lines: list[str]) -> Spoilt | None:
        n = _pick(random, lines, wanted)
        return None if n is None else (_put(lines, n, change(random, lines[n])), n + 1)

    return mutate


def _value(prefix: Sequence[str]) -> Mutation:
    """Something put before a value."""

    def change(random: Random, line: str) -> str:
        found = _KEY.match(line)
        return f"{found[1]}{found[2]}: {random.choice(prefix)}{found[3]}" if found else line

    return _changed(_filled, change)


def _inserted(*new: str) -> Mutation:
    """A line of its own, put in somewhere."""

    def mutate(random: Random, lines: list[str]) -> Spoilt:
        n = random.randrange(1, len(lines))
        return _put(lines, n, random.choice(new), instead=0), n + 1

    return mutate


def _at(line: str, after: int, words: str) -> str:
    return line[:after] + words + line[after:]


def _value_at(line: str) -> int:
    return line.index(": ") + 2


def _duplicate_key(random: Random, lines: list[str]) -> Spoilt | None:
    n = _pick(random, lines, _top)
    if n is None:
        return None
    key = lines[n].partition(":")[0]
    end = n + 1
    while end < len(lines) and (lines[end].startswith(" ") or not lines[end].strip()):
        end += 1
    return _put(lines, end, random.choice((f"{key}: 另一个值", f'"{key}": 另一个值')), instead=0), end + 1


def _hidden_key(random: Random, line: str) -> str:
    key, _, value = line.partition(":")
    return f"{key}{random.choice(_HIDDEN)}:{value}"


def _alias(random: Random, lines: list[str]) -> Spoilt | None:
    found = [n for n, line in enumerate(lines) if _top(line)]
    if len(found) < 2:
        return None
    first, second = sorted(random.sample(found, 2))
    key, _, value = lines[first].partition(": ")
    other = lines[second].partition(":")[0]
    return _put([*lines[:first], f"{key}: &x {value}", *lines[first + 1 :]], second, f"{other}: *x"), first + 1


def _conflict(random: Random, lines: list[str]) -> Spoilt:
    n = random.randrange(1, len(lines) - 1)
    pad = random.choice(("", " " * (len(lines[n]) - len(lines[n].lstrip()))))
    new = (f"{pad}<<<<<<< HEAD", lines[n], f"{pad}=======", lines[n] + "乙", f"{pad}>>>>>>> theirs")
    return _put(lines, n, *new), n + 1


def _truncated(random: Random, lines: list[str]) -> Spoilt:
    text = "\n".join(lines).encode()
    return text[: random.randrange(1, len(text))], None


def _fewer(random: Random, lines: list[str]) -> Spoilt:
    return "\n".join(lines[: random.randrange(1, len(lines) - 1)]) + "\n", None


def _indented(random: Random, lines: list[str]) -> Spoilt | None:
    n = random.randrange(1, len(lines))
    bare = lines[n].lstrip()
    now = len(lines[n]) - len(bare) + random.choice((-2, -1, 1, 2, 3, 4))
    return None if now < 0 or not bare else (_put(lines, n, " " * now + bare), n + 1)


def _unquoted(random: Random, line: str) -> str:
    at = random.choice([found.start() for found in re.finditer('"', line)])
    return line[:at] + line[at + 1 :]


def _joined(random: Random, lines: list[str]) -> Spoilt:
    n = random.randrange(len(lines) - 1)
    return _put(lines, n, f"{lines[n]} {lines[n + 1].strip()}", instead=2), n + 1


def _twice(random: Random, lines: list[str]) -> Spoilt:
    n = random.randrange(1, len(lines))
    return _put(lines, n, lines[n], lines[n]), n + 2


def _swapped(random: Random, lines: list[str]) -> Spoilt:
    n = random.randrange(1, len(lines) - 1)
    return _put(lines, n, lines[n + 1], lines[n], instead=2), None


def _anywhere(signs: Sequence[str]) -> Mutation:
    def change(random: Random, line: str) -> str:
        return _at(line, random.randrange(len(line) + 1), random.choice(signs))

    return _changed(len, change)


def _gbk(random: Random, lines: list[str]) -> Spoilt | None:
    if not random.randrange(4):
        return "\n".join(lines).encode("gb18030"), None
    n = _pick(random, lines, lambda line: not line.isascii())
    if n is None:
        return None
    before, after = "".join(f"{line}\n" for line in lines[:n]), "".join(f"{line}\n" for line in lines[n + 1 :])
    return before.encode() + lines[n].encode("gb18030") + b"\n" + after.encode(), n + 1


def _half_windows(random: Random, lines: list[str]) -> Spoilt:
    n = random.randrange(len(lines) - 1)
    return random.choice(("\r\n".join(lines), _put(lines, n, lines[n] + "\r"))), None


def _deep(random: Random, lines: list[str]) -> Spoilt | None:
    n = _pick(random, lines, _filled)
    if n is None:
        return None
    depth = random.choice((31, 33, 200, 5000, 30000))
    key = lines[n].partition(":")[0]
    return _put(lines, n, f"{key}: " + random.choice(("[" * depth + "]" * depth, "{a: " * depth))), n + 1


def _bytes(random: Random, lines: list[str]) -> Spoilt:
    data = bytearray("\n".join(lines).encode())
    for _ in range(random.randrange(1, 6)):
        data[random.randrange(len(data))] = random.randrange(256)
    return bytes(data), None


def _signs(random: Random, lines: list[str]) -> Spoilt:
    """Signs that mean something in YAML, where they were not."""
    text = "\n".join(lines) + "\n"
    for _ in range(random.randrange(1, 4)):
        at = random.randrange(len(text))
        text = _at(text, at, random.choice(_SIGNS))
    return text, None


def _spliced(random: Random, lines: list[str]) -> Spoilt:
    data = "\n".join(lines).encode()
    first, end = sorted((random.randrange(len(data)), random.randrange(len(data))))
    at = random.randrange(len(data))
    return data[:at] + data[first:end] + data[at:], None


def _words_after(signs: Sequence[str]) -> Mutation:
    """A sign in the middle of a value, words on both sides."""

    def change(random: Random, line: str) -> str:
        return _at(line, random.randrange(_value_at(line) + 1, len(line)), random.choice(signs))

    return _changed(_plain, change)


#: By name; each is as often tried as any other.
MUTATIONS: dict[str, Mutation] = {
    "duplicate key": _duplicate_key,
    "key with a hidden character": _changed(_top, _hidden_key),
    "tab indent": _changed(lambda line: line.startswith("  "), lambda _, line: "\t" + line.lstrip()),
    "tab after the colon": _changed(_filled, lambda _, line: line.replace(": ", ":\t", 1)),
    "tab before a comment": _words_after(("\t#", "\t# ")),
    "anchor": _value(("&a ",)),
    "tag": _value(("!!str ", "! ", "!x ")),
    "alias": _alias,
    "merge key": _inserted("<<: {a: b}", "<<: *a"),
    "directive": _inserted("%YAML 1.1", "%TAG ! tag:x"),
    "conflict": _conflict,
    "truncated": _truncated,
    "lines lost": _fewer,
    "wide colon": _changed(_key, lambda _, line: line.replace(":", "\uff1a", 1).replace("\uff1a ", "\uff1a", 1)),
    "glued comment": _words_after((" #", "\u3000#")),
    "commented out": lambda random, lines: (_put(lines, n := random.randrange(1, len(lines)), "#" + lines[n]), None),
    "indent": _indented,
    "lost quote": _changed(lambda line: '"' in line, _unquoted),
    "joined lines": _joined,
    "second document": _inserted("---", "--- ", "--- # 二", "..."),
    "control character": _anywhere(_CONTROLS),
    "GBK": _gbk,
    "wide blank": _changed(_filled, lambda _, line: line.replace(": ", ":\u3000", 1)),
    "no blank": _changed(_filled, lambda _, line: line.replace(": ", ":", 1)),
    "dash lost": _changed(lambda line: line.lstrip().startswith("- "), lambda _, line: line.replace("- ", "  ", 1)),
    "dash too much": _changed(
        lambda line: line.startswith("    ") and _key(line), lambda _, line: line.replace("    ", "  - ", 1)
    ),
    "line twice": _twice,
    "lines swapped": _swapped,
    "bracket opened": _value(("{", "[", "{a: ", "[[", "? ", "- ", "| ", "> ", "|- ", '"', "'")),
    "Windows line ends": _half_windows,
    "bidi": _anywhere(("\u202e", "\u200f", "\u2066")),
    "BOM": lambda _, lines: ("\ufeff" + "\n".join(lines), 1),
    "depth": _deep,
    "bytes": _bytes,
    "signs": _signs,
    "splice": _spliced,
}
