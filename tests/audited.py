"""A month at the desk in which every command that writes is given, and history gone through as ``audit`` does."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PIL import Image
from tests.cli.desk import TRIAGE, Desk

from lianxin.actions.audit.audit import Audited, audit, index_found, looked_at
from lianxin.actions.audit.seal import Seal
from lianxin.actions.workspace import Workspace

#: The minute at which it is looked at.
NOW = datetime(2026, 4, 3, 9, 0)


def look(
    root: Path, since: Seal | None = None, *, whole: bool = True, sealing: bool = False, now: datetime = NOW
) -> Audited:
    """Go through a ledger's books."""
    workspace = Workspace(root, now)
    snapshot = looked_at(workspace)
    beside = index_found(workspace, snapshot)
    with workspace.book() as book:
        return audit(workspace, book, snapshot, beside, whole=whole, since=since, sealing=sealing)


def small(root: Path) -> Desk:
    """One issue from the visit to being struck off, and one that is under way."""
    desk = Desk(root).furnish()
    desk.take_down()
    solve(desk, "1", 7)
    desk.do(*HEARD, today="2026-03-17 09:00")
    desk.do("issue", "accept", "2", "--level", "村", *TRIAGE, today="2026-03-17 09:10")
    desk.do("issue", "assign", "2", "--dept", "镇水利站", "--limit", "5个工作日", today="2026-03-17 09:20")
    return desk


#: A second matter, heard by telephone.
HEARD = (
    *("issue", "add", "--channel", "电话", "--reporter", "李桂兰", "--village", "松坪村", "--summary", "路灯不亮了"),
    *("--raised", "2026-03-17"),
    *("--level", "村", "--words", "晚上黑得看不见路", "--who", "二组", "--when", "上个月起", "--where", "二组路口"),
    *("--cause", "线断了", "--course", "报过一次"),
)


#: What an inspection has found.
RECTIFIED = (
    "rectification add --source 督查 --listed 2026-03-10 --about 松坪村 --fault 公示栏没有更新 --dept 镇水利站"
    " --measure 换新 --limit 2026-04-30"
)


def solve(desk: Desk, id_: str, day: int) -> None:
    """An issue's whole course, a step a day."""
    steps = (
        ("accept", "--level", "村", *TRIAGE),
        ("assign", "--dept", "镇水利站", "--limit", "5个工作日", "--person", "石勇", "--standard", "水到田头"),
        ("sign",),
        ("progress", "--text", "清了一百米"),
        ("resolve", "--result", "清淤三百米,水已到田头"),
        ("feedback", "--how", "入户", "--solved", "解决", "--satisfied", "满意"),
        ("reflect", "--text", "早去一天早好一天"),
        ("close",),
    )
    for n, (step, *words) in enumerate(steps):
        desk.do("issue", step, id_, *words, today=f"2026-03-{day + n:02} 09:30")


def month(root: Path) -> Desk:
    """A whole month; nothing in it is against the rules."""
    desk = small(root)
    beside = root.parent
    Image.new("RGB", (8, 8), "navy").save(beside / "渠.png")
    (beside / "验收单.txt").write_text("合格", encoding="utf-8")
    day = "2026-03-18 {}"
    for minute, words in enumerate(
        (
            "issue sign 2 --person 石勇 --standard 亮",
            "issue progress 2 --text 去看过了 --at 2026-03-17",
            "issue amend 2 --field 何地 --value 二组路口东边 --why 听错了",
            "issue edit 2 --when 二月起 --why 又问了一遍",
            "issue extend 2 --limit 10个工作日 --why 等材料 --approved 何小满",
            "person edit 石勇 --post 副站长",
            f"evidence add --about WT-2026-A0001 --file {beside / '渠.png'} --shows 清好的渠",
            f"evidence add --about WT-2026-A0001 --file {beside / '验收单.txt'}",
            "person add --name 赵明 --org 镇水利站 --post 技术员",
            "household add --head 王大柱 --village 松坪村 --group 二组 --contacts 何小满",
            "household add --head 王大柱二 --village 松坪村 --group 二组 --contacts 何小满",
            "household void 王大柱二 --why 登重了 --into 王大柱",
            "visit add --day 2026-03-18 --visitors 何小满 --households 王大柱 --way 入户 --requests 想修路",
            "village add --name 柏树村 --town 云岭镇 --groups 一组",
            "village rename 柏树村 --name 柏林村",
            "village add --name 桃树村 --town 云岭镇 --groups 一组",
            "household add --head 周老三 --village 桃树村 --group 一组 --contacts 何小满",
            "village merge 桃树村 --into 柏林村",
            "org add --name 镇供电所 --level 镇 --sector 其他 --department 是",
            "undo",
            "org add --name 镇电管站 --level 镇 --sector 其他 --department 是",
            "promise add --who 镇水利站 --to 松坪村 --text 年底前修好上渠 --made 2026-03-10 --due 2026-12-01",
            RECTIFIED,
            "report monthly --period 2026-02 --freeze",
        )
    ):
        desk.do("--yes", *words.split(" "), today=day.format(f"10:{minute:02}"))
    _by_hand_and_by_many(desk, beside)
    return desk


def _by_hand_and_by_many(desk: Desk, beside: Path) -> None:
    """What is brought in from outside, taken in from an editor, done to several at once; a whistle; a campaign."""
    (beside / "联系户.csv").write_text("户主,所属村,所属组,户类别\n孙武,松坪村,一组,一般\n", encoding="utf-8")
    later = {"today": "2026-03-19 09:00"}
    desk.do("import", str(beside / "联系户.csv"), "--kind", "household", "--yes", **later)
    person = desk.root / "people" / "RY-A0002.yaml"
    person.write_text(person.read_text(encoding="utf-8") + "备注: 兼管泵站\n", encoding="utf-8")
    limits = desk.root / "policy" / "limits.yaml"
    limits.write_text(limits.read_text(encoding="utf-8") + "# 照县里的\n", encoding="utf-8")
    desk.do("fmt", **later)
    desk.do("commit", **later)
    for n, matter in enumerate(("桥栏杆断了", "机耕路塌了"), 3):
        words = [matter if word == "路灯不亮了" else word for word in HEARD]
        desk.do("--yes", *words, **later)
        desk.do("issue", "accept", str(n), "--level", "村", *TRIAGE, **later)
    desk.do("batch", "issue", "assign", "3", "4", "--dept", "镇水利站", "--limit", "5个工作日", "--yes", **later)
    desk.do("issue", "void", "4", "--why", "登重了", **later)
    desk.do("silence", "H007", "ZF-2026-A0002", "--why", "当场已经答复", **later)
    desk.do("init", str(desk.root), "--campaign", "互助共建", **later)
    desk.do(
        *("whistle", "add", "--blown", "2026-03-19 08:00", "--by", "镇水利站", "--matter", "桥要两家修"),
        *("--issues", "3", "--urgency", "紧急", "--lead", "镇水利站", "--summoned", "部门=镇水利站"),
        **later,
    )
    desk.do("whistle", "approve", "1", **later)
    desk.do("issue", "whistle", "3", "--whistle", "1", "--lead", "镇水利站", **later)
