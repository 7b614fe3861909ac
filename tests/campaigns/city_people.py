"""Who is in the city: villages, bureaus, the pairings that join them, activists who come and go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from tests.campaigns.records import ORG, Books

_SURNAMES = "丁方毛叶卢白宁田伍向安汤阮狄易明季芮庞娄"
_GIVEN = "一二三春夏秋冬安宁平和松柏青蓝江河山川石田禾谷雨云"


def split(rng: Random, total: int, parts: int, least: int = 0) -> list[int]:
    """A total as so many whole numbers, none below ``least``."""
    free = total - least * parts
    cuts = sorted(rng.randint(0, free) for _ in range(parts - 1))
    return [least + high - low for low, high in zip([0, *cuts], [*cuts, free], strict=True)]


@dataclass(frozen=True)
class Pair:
    """A bureau, its village and the pairing that joins them."""

    id: str
    bureau: str
    village: str


@dataclass
class City:
    """The city as it is built."""

    books: Books
    rng: Random
    villages: list[str] = field(default_factory=list)
    bureaus: list[str] = field(default_factory=list)
    cadres: list[str] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)

    def day(self, year: int = 2026) -> str:
        """Any day of the year up to the middle of December."""
        return (date(year, 1, 5) + timedelta(days=self.rng.randrange(340))).isoformat()

    def name(self, n: int) -> str:
        return f"{_SURNAMES[n % 20]}{_GIVEN[n // 20 % 24]}{_GIVEN[n // 480 % 24]}"

    def person(self, n: int, *roles: str | Mapping[str, str]) -> str:
        return self.books.person(self.name(n), self.rng.choice(self.bureaus), *roles)


def places(city: City) -> None:
    names = [f"{one}{two}村" for one in "松竹柳槐桑榆枫桂" for two in "坪溪岭湾坝洲垭坡塘岗"]
    city.villages = [city.books.village(name) for name in names[:76]]
    city.books.village("河街社区", 类型="社区")  # neither a village nor covered
    city.bureaus = [ORG, *(city.books.org(f"市直第{n:02d}局", "县") for n in range(2, 77))]
    for n in range(6):
        city.books.org(f"云岭镇第{n}站", "镇")  # not of the city
    city.cadres = [city.books.person(city.name(n), bureau) for n, bureau in enumerate(city.bureaus)]


def pairings(city: City) -> None:
    books, rng = city.books, city.rng
    order = rng.sample(city.villages, 76)
    for bureau, village, cadre in zip(city.bureaus, order, city.cadres, strict=True):
        id_ = books.pair("单位–村", bureau, village, city.day(2024), 联络员=cadre)
        city.pairs.append(Pair(id_, bureau, village))
    for n in range(3):  # left before the year began
        books.pair("单位–村", city.bureaus[n], order[n + 5], "2021-03-01", 结束日期="2023-12-31", 终止原因="换届调整")
    members = [city.person(100 + n) for n in range(120)]
    heads = [books.household(city.name(300 + n), rng.choice(city.villages)) for n in range(90)]
    for n in range(60):
        books.pair("党员–党员", members[n], members[60 + n], city.day(2025))
    for n in range(84):
        books.pair("干部–户", rng.choice(city.cadres), heads[n], city.day())
    for n in range(5):  # ended in summer
        books.pair(
            "干部–户", rng.choice(city.cadres), heads[84 + n], "2025-02-01", 结束日期="2026-06-30", 终止原因="户主外迁"
        )


def activists(city: City) -> None:
    def role(since: str, until: str = "") -> dict[str, str]:
        return {"身份": "入党积极分子", "自": since, **({"至": until} if until else {})}

    for n in range(250):
        city.person(600 + n, role(city.day(2024 + n % 2)))
    for n in range(58):
        city.person(850 + n, role(city.day(2024), city.day(2026)))
    for n in range(200):
        city.person(910 + n, role(city.day(2026)))
    for n in range(10):  # came and went within the year
        city.person(1110 + n, role("2026-02-01", "2026-09-01"))
