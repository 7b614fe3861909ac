"""What the invented villagers of a benchmark say: a few topics, varied by place, number and time."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

_SURNAMES = "丁万于方毛孔田白石冯吕阮严杜沈宋苏陆邱骆钟段祝俞姚秦顾夏倪凌"
_FIRST = "有春秋长金银水根阿来国建宝福永志明德文小玉桂秀彩"
_SECOND = "田土根生泉林木山海江平顺富贵发财祥英花兰梅珍凤娥娣芳琴"
_HILLS = "坪坳湾畈垄塘坑溪岭洲圩埠"
_SIDES = "上下前后东西南北"
_SPOTS = (
    "村口",
    "桥头",
    "祠堂边",
    "晒谷场",
    "老井旁",
    "小学门前",
    "山塘边",
    "岔路口",
    "卫生室外",
    "水渠尾",
    "竹园后",
    "碾坊旁",
)
_GROUPS = tuple(f"{number}组" for number in "一二三四五六七八九")
_SPANS = ("半个月", "二十来天", "一个多月", "两三个月", "小半年", "大半年", "一年多", "两年")
_COUNTS = ("三四户", "五六户", "七八户", "十来户", "二十几户", "半个组", "一个组", "大半个村")


@dataclass(frozen=True, slots=True)
class Topic:
    """One sort of trouble.

    Attributes:
        summary, words, cause, course, result, lesson: With ``{place}``, ``{count}``, ``{span}`` and ``{n}`` to fill in.
    """

    category: str
    summary: str
    words: tuple[str, str]
    cause: str
    course: str
    result: str
    lesson: str


TOPICS = (
    Topic(
        "道路交通",
        "{place}路面塌了一截",
        ("{place}那段路塌了 {n} 米多，三轮车过不去，", "{count}人家绕道走，都{span}了还没人来修。"),
        "路基下的涵管堵了，雨水把土掏空",
        "{span}前一场大雨后开始塌，村里填过两回碎石",
        "换了涵管，重铺 {n} 米路面，验收合格",
        "路坏在水上，先通涵管再修路面才管用",
    ),
    Topic(
        "道路交通",
        "{place}的路灯不亮",
        ("{place}有 {n} 盏路灯不亮，晚上黑得看不见脚，", "老人孩子不敢出门，{span}没有修。"),
        "线路老化，控制箱进了水",
        "报过村里电工，换了灯泡没两天又灭",
        "换了控制箱和 {n} 盏灯头，夜里看过都亮",
        "灯不亮先查线路，光换灯泡是白跑",
    ),
    Topic(
        "农田水利",
        "{place}的水渠不通水",
        ("{place}下面 {n} 亩田等水插秧，渠里一滴水也没有，", "{count}的田都裂了，再不来水今年就荒了。"),
        "渠道被塌下的土石堵住",
        "{span}前就浅了，组里自己清过一段",
        "清淤 {n} 米，补了三处渠壁，水到田头",
        "清渠要赶在灌溉之前，年年春上先走一遍",
    ),
    Topic(
        "安全饮水",
        "{place}自来水发黄",
        ("{place}这边放出来的水是黄的，一股铁锈味，", "{count}都在挑井水吃，已经{span}了。"),
        "铁管锈蚀，过滤池没有清洗",
        "水站冲过一次管，好了几天又黄",
        "换塑管 {n} 米，清洗过滤池，送检合格",
        "水的事一天也等不得，先送水再换管",
    ),
    Topic(
        "用电通信",
        "{place}电压低带不动水泵",
        ("一到晚上{place}的电压就低，{n} 瓦的泵都转不动，", "{count}人家电饭煲半天煮不熟饭。"),
        "变压器容量小，线路太长",
        "供电所来测过一次，说要报计划，等了{span}",
        "变压器增容，改线 {n} 米，复测正常",
        "用电的事要和供电所排进计划，盯到送电那天",
    ),
    Topic(
        "环境卫生",
        "{place}垃圾没人运",
        ("{place}的垃圾桶满了 {n} 天没人来拖，", "苍蝇飞得到处都是，{count}都有意见，说了{span}。"),
        "保洁员换人，清运路线漏了这里",
        "跟组长提过，拖走一次又堆上",
        "清运改为每两天一次，添了 {n} 只桶",
        "人换了事不能断，交接要写进清单",
    ),
    Topic(
        "环境卫生",
        "{place}养殖场气味重",
        ("{place}上头那个猪场，离屋子不到 {n} 米，", "热天窗都不敢开，{count}闻了{span}了。"),
        "粪池没有盖，沼液直接淌进沟里",
        "找过场主，他说没钱改",
        "加盖粪池，接管还田 {n} 亩，气味明显小了",
        "帮场主找到还田的出路，比罚款管用",
    ),
    Topic(
        "住房安全",
        "{place}老屋后山开裂",
        ("我家{place}的老屋后山裂了一道 {n} 厘米宽的缝，", "一下雨就掉石头，一家人{span}睡不好觉。"),
        "山脚切坡建房，没有挡墙",
        "村里来看过，叫下雨时去亲戚家住",
        "砌挡墙 {n} 米，做了排水沟，列入巡查",
        "雨季前把屋后的山看一遍，比抢险省心",
    ),
    Topic(
        "土地山林",
        "{place}山界划不清",
        ("{place}那块山有 {n} 亩，两家都说是自己的，", "为这事吵了{span}，去年差点动手。"),
        "早年的山林证只写了四至，没有图",
        "村里调过两次，各说各的理",
        "请老人指界，重新立桩 {n} 处，双方签字",
        "界要当面指、当场立桩，话才算数",
    ),
    Topic(
        "社会保障",
        "{place}一户低保要重新核定",
        ("我家去年住院花了 {n} 千多，报了还欠着账，", "{place}和我家差不多的都有低保，我问了{span}没下文。"),
        "收入核对时把亲戚的车算了进来",
        "交过两回材料，都说还在核",
        "重新核对，按月补助 {n} 十元，从本月起发",
        "材料缺哪样当面讲清，免得群众来回跑",
    ),
    Topic(
        "矛盾纠纷",
        "{place}两家为滴水闹不和",
        ("隔壁翻修屋顶，水都滴到我{place}的墙上，", "墙湿了 {n} 尺高，说了{span}他不理。"),
        "翻修时屋檐伸出了界",
        "组长劝过，没有结果",
        "装了 {n} 米落水管，双方和好",
        "先修管子再讲道理，气消了话就好说",
    ),
    Topic(
        "产业发展",
        "{place}的柑橘卖不出去",
        ("{place}{count}种的柑橘压了 {n} 千斤在家里，", "贩子压价压得狠，再过{span}就要烂了。"),
        "今年雨水多，果子小，没有固定客商",
        "合作社联系过一家，价钱没谈拢",
        "对接两家超市，收购 {n} 千斤，当场结账",
        "销路要在挂果时就找，等红了就迟了",
    ),
)


def name(random: Random) -> str:
    """A person's invented name."""
    return random.choice(_SURNAMES) + random.choice(_FIRST) + random.choice(_SECOND)


def village(number: int) -> str:
    """The n-th village's name; no two are alike."""
    side, hill = divmod(number, len(_HILLS))
    ring, side = divmod(side, len(_SIDES))
    return f"{_SIDES[side]}{_HILLS[hill]}{'新' * ring}村"


def group(random: Random) -> str:
    """A village group."""
    return random.choice(_GROUPS)


def told(random: Random, topic: Topic) -> dict[str, str]:
    """A complaint's texts by the placeholder they stand for."""
    where = f"{random.choice(_GROUPS)}{random.choice(_SPOTS)}"
    slots = {
        "place": where,
        "count": random.choice(_COUNTS),
        "span": random.choice(_SPANS),
        "n": str(random.randint(2, 98)),
    }
    texts = {
        "类别": topic.category,
        "事由": topic.summary,
        "原话一": topic.words[0],
        "原话二": topic.words[1],
        "何因": topic.cause,
        "经过": topic.course,
        "结果": topic.result,
        "体会": topic.lesson,
    }
    return {"何地": where, **{label: text.format_map(slots) for label, text in texts.items()}}
