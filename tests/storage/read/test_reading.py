from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.storage.samples import ISSUES, TEXT, WIDE_COLON

from lianxin.kinds.issue.record import ISSUE, Issue
from lianxin.storage.read import reading
from lianxin.storage.read.position import positions
from lianxin.storage.read.reading import read_marked, read_yaml
from lianxin.storage.read.scanning import Spot, Unreadable
from lianxin.storage.write.text.writing import record_text


def faults(data: bytes) -> list[tuple[int, int, str]]:
    with pytest.raises(Unreadable) as caught:
        read_yaml(data)
    return [(fault.line, fault.col, fault.code) for fault in caught.value.faults]


def test_everything_stays_text() -> None:
    read = read_yaml("a: 0571\nb: 12:30\nc: no\nd: 3.10\ne: 2026-02-30\nf: 1_000\ng:\nh: ~\ni: [x, {j: 是}]\n".encode())
    assert read == {
        "a": "0571",
        "b": "12:30",
        "c": "no",
        "d": "3.10",
        "e": "2026-02-30",
        "f": "1_000",
        "g": "",
        "h": "~",
        "i": ["x", {"j": "是"}],
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\n" + "# " + "x" * 1_000_000, [(1, 1, "Y001")]),
        ("\ufeff编号: x\n", [(1, 1, "Y004")]),
        ("编号: x\n事由: 路\x07灯\n", [(2, 6, "Y005")]),
        ("编号: x\n事由: 路\u2028灯\n", [(2, 6, "Y005")]),
        ("编号: x\r事由: 路灯\n", [(1, 6, "Y005")]),
        ('编号: x\n事由: "路\\e[31m灯"\n', [(2, 5, "Y005")]),
        (
            "编号: x\n<<<<<<< HEAD\n事由: 甲\n=======\n事由: 乙\n>>>>>>> 他\n",
            [(2, 1, "Y007"), (4, 1, "Y007"), (6, 1, "Y007")],
        ),
        ("原话: |-\n  甲\n<<<<<<< HEAD\n  乙\n", [(3, 1, "Y007")]),
        (f"编号{WIDE_COLON}x\n事由: 路灯\n", [(1, 3, "Y008")]),
        (f"编号: x\n事由{WIDE_COLON}路灯\n备注: 无\n", [(2, 3, "Y008")]),
        (f"编号: x\n  事由{WIDE_COLON}路灯\n", [(2, 5, "Y008")]),
        (f"编号: x\n备注{WIDE_COLON}路灯\n", [(2, 3, "Y008")]),
        (f"事件:\n  - 编号: a\n    步骤{WIDE_COLON}受理\n    时间: b\n", [(3, 7, "Y008")]),
        ("编号: x\n\t事由: 路灯\n", [(2, 1, "Y009")]),
        ("编号: x\n事件:\n  -\t编号: a\n", [(3, 4, "Y009")]),
        ("编号: x\n 事由: 路灯\n", [(2, 2, "Y010")]),
        ("事件:\n  - 编号: a\n   步骤: b\n", [(3, 4, "Y010")]),
        ("事件:\n  - a\n   b: c\n", [(3, 4, "Y010")]),
        ('事由: "路灯"不亮\n', [(1, 9, "Y032")]),
        ('编号: x\n事由: "路灯\n备注: 无\n', [(2, 5, "Y011")]),
        ("编号: x\n事由 路灯\n备注: 无\n", [(2, 1, "Y012")]),
        ("编号: x\n事由:路灯\n", [(2, 3, "Y012")]),
        ("编号: x\n事由: 标题: 路灯\n", [(2, 7, "Y013")]),
        ("编号: x\n事由: @所有人\n", [(2, 5, "Y014")]),
        ("编号: x\n事由: `灯`\n", [(2, 5, "Y014")]),
        ("编号: x\n事由: %灯\n", [(2, 5, "Y014")]),
        ('编号: x\n事由: "路\\灯"\n', [(2, 7, "Y014")]),
        ("编号: x\n事由: [路灯\n备注: 无\n", [(2, 5, "Y015")]),
        ("编号: x\n事由: | 路灯\n", [(2, 5, "Y015")]),
        ("a: &x 1\nb: *x\n", [(1, 4, "Y016")]),
        ("a: *x\n", [(1, 4, "Y016")]),
        ("a: **重要**\n", [(1, 4, "Y016")]),
        ("a: !!int 1\n", [(1, 4, "Y017")]),
        ("a: !重要\n", [(1, 4, "Y017")]),
        ("%YAML 1.1\n---\na: 1\n", [(1, 1, "Y017")]),
        ("a: 1\n<<: {b: 2}\n", [(2, 1, "Y017")]),
        ("a: " + "[" * 40 + "]" * 40 + "\n", [(1, 35, "Y018")]),
        ("a: " + "{a: " * 40 + "}" * 40 + "\n", [(1, 128, "Y018")]),
        ("a: 1\nb: 2\na: 3\nc:\n  d: 1\n  d: 2\n", [(3, 1, "Y019"), (6, 3, "Y019")]),
        ("a: 1\n---\nb: 2\n", [(2, 1, "Y020")]),
        ("a: 1\n...\nb: 2\n", [(2, 1, "Y020")]),
        ("", [(1, 1, "Y021")]),
        ("# 空的\n", [(1, 1, "Y021")]),
        ("- a\n- b\n", [(1, 1, "Y021")]),
        ("路灯不亮\n", [(1, 1, "Y021")]),
        ('编号: x\n标题: "路灯"#急\n', [(2, 9, "Y027")]),
        ("标题: [路灯]#急\n", [(1, 9, "Y027")]),
        ("村组:\n  - 一组\n    - 二组\n  - 三组\n", [(3, 5, "Y029")]),
        ("备注: 一组\n  - 二组\n", [(2, 3, "Y029")]),
        ("村组:\n  - 一组\n  -二组\n", [(3, 3, "Y030")]),
        ("村组:\n  -一组\n  - 二组\n", [(2, 3, "Y030")]),
        ("事件:\n  -编号: a\n    步骤: b\n", [(2, 3, "Y030")]),
        ("原话: 甲\n  乙:丙\n", [(2, 4, "Y012")]),
        ("事件:\n  - 编号:a\n    步骤: b\n", [(2, 7, "Y012")]),
        ("户主: x\n家庭\n  姓名: a\n", [(2, 1, "Y012")]),
        ("户主: x\n家庭:\n  情况\n    姓名: a\n", [(4, 5, "Y010")]),
        ("事由:\u3000路灯\n编号: x\n", [(1, 4, "Y012")]),
        ("事件:\n  - 编号: a\n\u3000\u3000步骤: b\n    时间: c\n", [(3, 1, "Y035")]),
        ("编号: x\n\u00a0步骤: b\n", [(2, 1, "Y035")]),
        ("原话: |-\n\u3000\u3000路灯\n备注: x\n", [(2, 1, "Y035")]),
        ("村组:\n    名: a\n  - 名: b\n", [(2, 5, "Y010")]),
        ("原话: |-\n    甲\n  乙\n", [(3, 3, "Y010")]),
        ('电话: "137\n村: x\n项:\n  - 期限: "20"\n', [(1, 5, "Y011")]),
        ("编号: x\n%YAML 1.1\n事由: y\n", [(2, 1, "Y017")]),
        ("原话: |-\n  <<<<<<< HEAD\n  甲\n  =======\n  乙\n  >>>>>>> 他\n", [(2, 3, "Y007"), (6, 3, "Y007")]),
        ("? 户主\n: 甲\n", [(1, 1, "Y033")]),
        ("村组: {? 甲 : 乙}\n", [(1, 6, "Y033")]),
        ("户主: ? 甲\n", [(1, 5, "Y033")]),
        ("村组: {?甲: 乙, 丙: 丁}\n", [(1, 6, "Y033")]),
        ("村组: [甲,\n  ?乙]\n", [(2, 3, "Y033")]),
        ("? [a]\n: b\n", [(1, 3, "Y022")]),
        ("? {a: b}\n: b\n", [(1, 3, "Y022")]),
    ],
)
def test_what_is_refused_and_where(text: str, expected: list[tuple[int, int, str]]) -> None:
    assert faults(text.encode()) == expected


def test_encodings_are_named() -> None:
    assert faults("编号: x\n事由: 路灯\n".encode("gbk")) == [(1, 1, "Y002")]
    assert faults("编号: x\n".encode() + "事由: 路灯\n".encode("gbk")) == [(2, 1, "Y002")]
    assert faults("编号: x\n".encode("utf-16")) == [(1, 1, "Y003")]
    assert faults("编号: x\n事".encode() + b"\xff\xff\n") == [(2, 2, "Y003")]


@pytest.mark.parametrize(
    "text",
    [
        f"原话: |-\n  村民甲{WIDE_COLON}路灯不亮\n  村民乙{WIDE_COLON}是的\n",
        f"原话: 他说{WIDE_COLON}路灯不亮\n",
        "原话: |-\n  =======\n  \t缩进\n",
        f'原话: "甲\n  乙{WIDE_COLON}丙"\n',
        "a: 1\r\nb: |-\r\n  甲\r\n  乙\r\n",
        "---\na: 1\n",
        "a: 1 # 注\n",
        'a: "*x & !y % \\" \\\\"\n',
        "a: x*y&z!\n",
        "a: 1",
        "原话: |2\n   甲  \n  乙\n",
        "原话: |+\n  甲\n\n\n备注: x\n",
        '原话: "甲\n\n  - 乙: 丙"\n',
        "原话: 还有多少? 三处\n",
        "原话: -5\n",
        "原话: 他说:不行\n",
        "原话: |-\n  ? 甲\n  乙:丙\n  -丁\n  \u3000戊: 己\n",
    ],
)
def test_what_looks_odd_but_is_lawful(text: str) -> None:
    assert read_yaml(text.encode()) == yaml.load(text, yaml.CBaseLoader)  # noqa: S506 - builds text only


@given(ISSUES)
@settings(max_examples=50)
def test_it_agrees_with_yaml_on_lawful_files(issue: Issue) -> None:
    text = record_text(ISSUE, issue)
    assert read_yaml(text.encode()) == yaml.load(text, yaml.CBaseLoader)  # noqa: S506 - builds text only


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_no_mutation_does_worse_than_be_refused(data: st.DataObject) -> None:
    text = TEXT.encode()
    at = data.draw(st.integers(0, len(text)))
    junk = data.draw(
        st.sampled_from(
            [b"\t", b":", b": ", b"- ", b'"', b"'", b"[", b"{", b"&a ", b"*a", b"!", b"\n", b"|", b"\xff", b"#", b"%"]
        )
    )
    cut = data.draw(st.integers(0, 9))
    mutant = text[:at] + junk + text[at + cut :]
    refused: tuple[Spot, ...] = ()
    read = None
    try:
        read = read_yaml(mutant)
    except Unreadable as error:
        refused = error.faults
    lines = mutant.decode("utf-8", "replace").split("\n")
    assert bool(refused) is (read is None)
    assert all(1 <= fault.line <= len(lines) and fault.col >= 1 for fault in refused)
    assert read is None or read == yaml.load(mutant, yaml.CBaseLoader)  # noqa: S506 - builds text only


def test_nesting_that_kills_other_loaders_is_refused() -> None:
    assert faults(b"a: " + b"[" * 200_000)[0][2] == "Y018"


def test_without_libyaml_the_rules_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    fast = read_yaml(TEXT.encode())
    monkeypatch.setattr(reading, "_LOADER", yaml.BaseLoader)
    assert read_yaml(TEXT.encode()) == fast
    assert faults('编号: x\n事由: "路灯\n备注: 无\n'.encode()) == [(2, 5, "Y011")]
    assert faults("编号: x\n事由: 标题: 路灯\n".encode()) == [(2, 7, "Y013")]
    assert faults(b"a: &x 1\n") == [(1, 4, "Y016")]
    assert faults("事件:\n  - 编号: a\n   步骤: b\n".encode()) == [(3, 4, "Y010")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("电话: \u202d137\n", [(1, 5, "Y006")]),
        ("事由: 路灯 #急\n备注: 无 # 核过\n原话: |-\n  甲 #乙\n#注\n", [(1, 8, "Y024")]),
        ('事由: "路灯" #急\n', [(1, 10, "Y024")]),
        ("村组: [甲, #乙\n  丙] #丁\n", [(1, 9, "Y024"), (2, 6, "Y024")]),
        ("事由: 路灯\t#急\n备注: 无\t# 核过\n", [(1, 8, "Y026"), (2, 7, "Y026")]),
        ("原话: | # 说明\n  甲\n备注: >-  #说明\n  甲\n", [(1, 7, "Y028"), (3, 9, "Y028")]),
        ("村组:\n  - 一组\n    二组\n", [(3, 5, "Y031")]),
        ("原话: 甲\n\n  乙\n  丙\n备注: 丁\n", [(3, 3, "Y031")]),
        ("原话: |\n  甲\n # 乙\n备注: x\n", [(3, 2, "Y034")]),
        ("原话: 甲\n  #乙\n备注: x\n", [(2, 3, "Y034")]),
        ("事件:\n  - 备注: |-\n      甲\n    # 下一项\n    步骤: 乙\n  # 完\n", []),
        ("村组: # 都在\n  # 上头的\n  - 一组 # 甲\n  # 下头的\n  - 二组\n", []),
        ("# 头\n编号: x ## 注\n", []),
    ],
)
def test_what_is_told_of_without_stopping_the_reading(text: str, expected: list[tuple[int, int, str]]) -> None:
    values, told = read_marked(text.encode())
    assert values == read_yaml(text.encode())
    assert sorted((spot.line, spot.col, spot.code) for spot in told) == expected


def test_places_of_keys_and_values() -> None:
    found = positions(TEXT.encode())
    assert found.find(("联系电话",)) == (9, 7)
    assert found.find(("联系电话",), on_key=True) == (9, 1)
    assert found.find(("事件", 1, "配合单位", 0)) == (35, 9)
    assert found.find(("事件", 1, "没有的")) == (26, 5)
    assert found.find(("没有的",)) == (1, 1)
    assert positions("备注:\n编号: x\n".encode()).find(("备注",)) == (1, 1)


def test_a_file_is_read_the_same_from_disk(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(TEXT, encoding="utf-8")
    assert read_yaml(file.read_bytes())["事由"] == "三组机耕路被水冲断"
