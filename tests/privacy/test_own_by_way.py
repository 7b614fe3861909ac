"""Somebody's own matter told by way of other records, and by what a number counts, goes by the rule of own matters."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.desk import TRIAGE, Desk

pytestmark = pytest.mark.slow  # it takes long

WHISTLE, RECTIFICATION = "CS-2026-A0001", "ZG-A0001"
#: What he said and where he is found.
PRIVATE = ("淤得水都过不来", "一组上渠", "一组", "139****1234", "13900001234")
THROUGH = ("问题.原话", "问题.所属组", "问题.何地", "问题.联系电话", "问题.联系户.所属组")
FIGURES = """
  - 名称: 各组
    单位: 个
    计数: {种类: 问题, 计: 不同, 字段: 所属组, 期间字段: 不限}
  - 名称: 各处
    单位: 处
    计数: {种类: 问题, 计: 不同, 字段: 何地, 期间字段: 不限}
  - 名称: 哨到各组
    单位: 个
    计数: {种类: 吹哨, 计: 不同, 字段: 问题.所属组, 期间字段: 不限}
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An issue that is somebody's own, a whistle blown for it, a rectification that came of it."""
    desk = Desk(tmp_path_factory.mktemp("way") / "台账").furnish()
    own = desk.take_down()
    desk.do("issue", "accept", own, "--level", "村", *("个人" if word == "公共" else word for word in TRIAGE))
    given = ("--dept", "镇水利站", "--person", "石勇", "--standard", "劝到不打为止", "--limit", "5个工作日")
    desk.do("issue", "assign", own, *given)
    desk.do("issue", "return", own, "--why", "离婚的事不归水利站")
    desk.do("issue", "assign", own, *given)
    desk.do(
        *("whistle", "add", "--blown", "2026-03-05 09:00", "--by", "镇水利站", "--matter", "去他家里劝架"),
        *("--issues", own, "--urgency", "紧急", "--lead", "镇水利站", "--summoned", "部门=镇水利站"),
    )
    fault = ("--about", "松坪村", "--fault", "分田的事拖着没办", "--measure", "上门劝和", "--limit", "十个工作日")
    desk.do(
        *("rectification", "add", "--listed", "2026-03-05", "--source", "群众投诉", "--origin", own),
        *(*fault, "--dept", "镇水利站"),
    )
    figures = desk.root / "policy" / "figures.yaml"
    figures.write_text(figures.read_text(encoding="utf-8").rstrip() + FIGURES, encoding="utf-8")
    (desk.root / "forms").mkdir(exist_ok=True)
    columns = "".join(f"  - 字段: {path}\n" for path in THROUGH)
    form = f"名称: 哨\n种类: 吹哨\n列:\n  - 字段: 编号\n{columns}  - 字段: [问题.所属村, 问题.所属组]\n    表头: 村组\n"
    (desk.root / "forms" / "哨.yaml").write_text(form, encoding="utf-8")
    desk.git("add", "-A")
    desk.git("commit", "-q", "-m", "表单")
    return desk.root


@pytest.fixture
def desk(made: Path, tmp_path: Path) -> Desk:
    return Desk.copied(made, tmp_path)


@pytest.mark.parametrize(
    "words",
    [
        ("whistle", "list", "--columns", "编号," + ",".join(THROUGH)),
        ("rectification", "list", "--columns", "编号,来源记录.原话,来源记录.所属组,来源记录.何地"),
        ("ledger", "哨"),
        ("figures", "各组", "--open"),
        ("figures", "各处", "--open"),
        ("figures", "哨到各组", "--open"),
        ("figures", "新增问题", "--by", "原话"),
        ("figures", "新增问题", "--by", "联系户.所属组"),
    ],
)
@pytest.mark.parametrize("format_", ["md", "json", "jsonl", "document"])
def test_nothing_of_it_is_told(desk: Desk, words: tuple[str, ...], format_: str) -> None:
    inside, told = desk.do("--internal", *words, "-f", format_).out, desk.do(*words, "-f", format_).out
    assert [one for one in PRIVATE if one in told] == [], told
    assert "（个人事项）" in told, told
    assert [one for one in PRIVATE if one in inside], inside


def test_of_a_matter_of_everybody_it_is_told(desk: Desk) -> None:
    other = desk.take_down()
    desk.lay_open(other)
    desk.do("whistle", "amend", WHISTLE, "--field", "问题", "--value", other, "--why", "写错了")
    told = desk.do("--json", "whistle", "list", "--columns", "问题.原话,问题.所属组").json["data"]["items"]
    assert [(one["issues_words"], one["issues_group"]) for one in told] == [(["上头那截渠淤得水都过不来"], ["一组"])]
    rows = desk.do("--json", "figures", "各组", "--open").json["data"]["items"]
    assert {(row["id"], row["key_name"]) for row in rows} == {("WT-2026-A0001", "（个人事项）"), (other, "一组")}


def test_nothing_is_grouped_by_it(desk: Desk) -> None:
    form = desk.root / "forms" / "哨.yaml"
    form.write_text(form.read_text(encoding="utf-8") + "分组: 问题.所属组\n", encoding="utf-8")
    said = desk.say("ledger", "哨")
    assert (said.code, "不能拿来分组" in said.err) == (2, True), said


def test_a_loop_of_a_form_to_be_filled_tells_nothing_either(desk: Desk, tmp_path: Path) -> None:
    from docx import Document

    paper = Document()
    for text in ("{%p for 件 in 问题 %}", "{{ 件.编号 }}说：{{ 件.原话 }}，{{ 件.所属组 }}", "{%p endfor %}"):
        paper.add_paragraph(text)
    paper.save(str(desk.root / "forms" / "哨单.docx"))
    for more, secret in (((), False), (("--internal",), True)):
        out = tmp_path / f"单{len(more)}.docx"
        desk.do(*more, "fill", "哨单", "--id", WHISTLE, "-o", str(out))
        text = "".join(one.text for one in Document(str(out)).paragraphs)
        assert ("淤得水都过不来" in text, "一组" in text, "（个人事项）" in text) == (secret, secret, not secret), text


@pytest.mark.parametrize("path", ["反映人", "联系电话", "事由", "联系户"])
def test_what_a_number_is_told_apart_by_stands_in_no_part_of_a_document(desk: Desk, path: str) -> None:
    told = desk.do("figures", "新增问题", "-p", "2026", "--by", path, "-f", "document").out
    assert [one for one in ("李桂兰", "13900001234", "一组的渠堵了") if one in told] == [], told


#: What was written of it on its steps, on the visit it was heard on, of the whistle for it and the fault it showed.
WRITTEN = ("劝到不打", "不归水利站", "渠堵了想请人清", "劝架", "分田", "劝和")


@pytest.mark.parametrize(
    "words",
    [
        ("handbook",),
        ("show", "WT-2026-A0001"),
        ("log", "WT-2026-A0001"),
        ("issue", "list", "--columns", "all"),
        ("sql", "SELECT * FROM 问题"),
        ("whistle", "list", "--columns", "all"),
        ("show", WHISTLE),
        ("sql", "SELECT * FROM 吹哨"),
        ("rectification", "list", "--columns", "all"),
        ("show", RECTIFICATION),
        ("visit", "list", "--columns", "all"),
        ("show", "ZF-2026-A0001"),
        ("ledger", "走访台账"),
        ("sql", "SELECT * FROM 走访"),
        ("issue", "list", "--columns", "来自走访.诉求建议,来自走访.所见所闻"),
        ("figures", "走访次数", "-p", "2026", "--by", "诉求建议"),
        ("find", "渠堵"),
        ("ledger", "--all"),
        ("handover",),
        ("today",),
    ],
)
@pytest.mark.parametrize("format_", ["md", "json"])
def test_nothing_that_was_written_of_it_is_told(desk: Desk, words: tuple[str, ...], format_: str) -> None:
    inside, told = desk.do("--internal", *words, "-f", format_).out, desk.do(*words, "-f", format_).out
    assert [one for one in WRITTEN if one in told] == [], told
    assert [one for one in WRITTEN if one in inside], inside


def test_a_whistle_and_a_fault_of_everybodys_matter_are_told(desk: Desk) -> None:
    other = desk.take_down()
    desk.lay_open(other)
    desk.do("whistle", "amend", WHISTLE, "--field", "问题", "--value", other, "--why", "写错了")
    desk.do("rectification", "amend", RECTIFICATION, "--field", "来源记录", "--value", other, "--why", "写错了")
    assert "去他家里劝架" in desk.do("whistle", "list", "-f", "md").out
    assert "分田的事拖着没办" in desk.do("rectification", "list", "-f", "md").out


def test_a_visit_that_led_to_matters_of_everybody_alone_is_told(desk: Desk) -> None:
    """And one that led to a matter of everybody and one of somebody's own is not, be it by way of the former."""
    other = desk.take_down()
    desk.lay_open(other)
    asked = ("--json", "issue", "list", f"编号={other}", "--columns", "来自走访.诉求建议")
    assert "想请人清" not in desk.do(*asked).out
    assert "想请人清" not in desk.do("handbook", other, "-f", "md").out
    twice = desk.take_down()
    desk.do(
        "issue", "amend", "WT-2026-A0001", "--event", "1", "--field", "公共个人", "--value", "公共", "--why", "看错了"
    )
    assert "想请人清" not in desk.do(*asked).out
    desk.do("--yes", "issue", "void", twice, "--why", "登记了两次")
    assert "想请人清" in desk.do(*asked).out
    for words in (("ledger", "走访台账"), ("show", "ZF-2026-A0001"), ("handbook", other)):
        assert "想请人清" in desk.do(*words, "-f", "md").out
