"""What commands are called in Chinese, beside their English names; steps and kinds say so in their declarations."""

from __future__ import annotations

from collections.abc import Mapping

#: Commands that are no record kinds.
CHINESE: Mapping[str, str] = {
    "today": "今日",
    "init": "新建",
    "demo": "样例",
    "doctor": "体检",
    "backup": "备份",
    "archive": "归档",
    "station": "领台",
    "enter": "加入",
    "audit": "查账",
    "sync": "同步",
    "settle": "合并",
    "check": "检查",
    "explain": "说明",
    "silence": "不提",
    "fmt": "整理",
    "commit": "收进",
    "import": "导入",
    "paste": "粘贴",
    "next": "下一步",
    "batch": "批量",
    "find": "找",
    "show": "查看",
    "log": "来历",
    "edit": "修改",
    "undo": "撤销",
    "handbook": "手册",
    "ledger": "台账",
    "fill": "填表",
    "report": "报表",
    "dispatch": "发文",
    "calendar": "日历",
    "duties": "职责",
    "score": "评分",
    "figures": "数字",
    "card": "连心卡",
    "handover": "接手",
    "site": "公示",
    "print": "打印",
    "export": "导出",
    "verify": "复核",
    "purge": "清史",
    "cron": "定时",
    "rollup": "汇总",
    "sql": "查询",
    "schema": "模式",
    "help": "帮助",
}

#: What a kind can be asked, and what one kind alone can.
OF_A_KIND: Mapping[str, str] = {
    "add": "新增",
    "list": "列表",
    "show": "查看",
    "edit": "修改",
    "log": "来历",
    "void": "作废",
    "join": "合并",
    "end": "终止",
    "merge": "撤并",
    "rename": "更名",
    "erase": "注销",
    "suggest": "推荐",
}


def english(word: str, names: Mapping[str, str]) -> str:
    """The English name of what a word of either tongue means; the word itself where it means none of them."""
    return next((name for name, chinese in names.items() if chinese == word), word)
