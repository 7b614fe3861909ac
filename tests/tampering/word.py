"""Who did it, when, and what a commit says of itself."""

from __future__ import annotations

from collections.abc import Iterator

from tests.tampering.case import (
    CLOSED,
    GOOD,
    HOUSE,
    MORE,
    NEW,
    ONE,
    OPEN,
    PERSON,
    THREE,
    TWO,
    Case,
    added,
    events_of,
    written,
)
from tests.tampering.hand import AT, Forger, event, said


def people() -> Iterator[Case]:
    """Somebody else did it, or nobody."""
    strange = event("进展", "进展情况: 又去看了", actor="RY-A0099")
    yield "unknown-actor", added(strange, GOOD.replace("RY-A0001", "RY-A0099")), "A006", TWO
    yield "other-actor-in-the-words", added(MORE, GOOD.replace("Actor: RY-A0001", "Actor: RY-A0002")), "A013", TWO
    yield "no-actor", added(MORE, GOOD.replace("Actor: RY-A0001\n", "")), "A014", TWO
    for name, author in (
        ("other-author", ("石勇", "RY-A0002@lianxin.invalid")),
        ("other-name", ("石勇", "RY-A0001@lianxin.invalid")),
        ("other-address", ("何小满", "someone@example.invalid")),
    ):
        yield name, added(MORE, GOOD, author=author), "A014", TWO

    def renamed(hand: Forger) -> None:
        hand.rewrite(
            "HEAD~3",
            lambda _root, tree, message: (tree, message.replace("Actor: RY-A0001", "Actor: RY-A0002")),
            "fast-import",
        )

    yield "actor-of-the-past-swapped", renamed, "A014", THREE
    by_hand = said("RY-A0002", "edit", subject="RY-A0002 手工修改党员干部").replace("Actor: RY-A0001\n", "")
    yield (
        "hand-edit-of-nobody",
        lambda hand: hand.forge(
            {PERSON: hand.read(PERSON).replace("泵站", "水站")}, by_hand, author=("某人", "x@example.invalid")
        ),
        "A014",
        "RY-A0002",
    )


def clocks() -> Iterator[Case]:
    """When it happened, was written down, was committed."""
    for name, at, recorded, when, code in (
        ("backdated", "2026-03-19 10:00", "2026-03-19 10:00", AT, "A007"),
        ("written-later-than-committed", "2026-04-01 08:00", "2026-04-02 08:00", AT, "A007"),
        ("committed-in-1999", "1999-01-01 08:00", "1999-01-01 08:00", "1999-01-01 08:00", "A015"),
        ("committed-before-its-parent", "2026-03-18 12:00", "2026-03-18 12:00", "2026-03-18 12:00", "A015"),
        ("committed-in-the-future", "2027-04-01 08:00", "2027-04-01 08:00", "2027-04-01 08:00", "A015"),
    ):
        text = event("进展", "进展情况: 又去看了", at=at, recorded=recorded)
        yield name, added(text, GOOD, at=when), code, TWO
    yield (
        "happens-after-it-is-written",
        added(event("进展", "进展情况: 又去", at="2026-04-02 08:00", recorded=AT), GOOD),
        "A007",
        TWO,
    )
    yield "signed-at-another-time", added(MORE, GOOD, signed="2026-03-20 09:00"), "A014", TWO
    yield (
        "intake-backdated",
        lambda hand: hand.forge(
            {"issues/2026/WT-2026-A0005.yaml": _intake(hand).replace("A0003", "A0005")},
            said("WT-2026-A0005", "add", subject="WT-2026-A0005 新增问题"),
        ),
        "A007",
        "WT-2026-A0005",
    )


def _intake(hand: Forger) -> str:
    return hand.read(NEW).partition("事件:\n")[0]


def words() -> Iterator[Case]:
    """What a commit says it did, and what it did."""
    for name, path, record in (
        ("record", OPEN, TWO),
        ("person", PERSON, "RY-A0002"),
        ("limits", "policy/limits.yaml", "policy/limits.yaml"),
        ("settings", "lianxin.yaml", "lianxin.yaml"),
        ("attributes", ".gitattributes", ".gitattributes"),
    ):
        yield f"past-the-tool-{name}", added("# 改\n", "改一下", path), "A012", record
    yield "past-the-tool-step", added(MORE, "补一步"), "A012", TWO
    yield (
        "past-the-tool-new",
        lambda hand: hand.forge({"households/HU-A0009.yaml": hand.read(HOUSE).replace("A0001", "A0009", 1)}, "加一户"),
        "A012",
        "HU-A0009",
    )
    for name, old, new in (
        ("unknown-step", "Step: progress", "Step: bless"),
        ("other-step", "Step: progress", "Step: urge"),
        ("other-event", "Event: forged01", "Event: forged02"),
        ("one-event-too-many", "Event: forged01\n", "Event: forged01\nEvent: forged02\n"),
        ("other-record", f"Record: {TWO}", f"Record: {ONE}"),
        ("other-subject", f"{TWO} 进展\n", f"{TWO} 销号\n"),
        ("subject-of-another", f"{TWO} 进展\n", f"{ONE} 进展\n"),
    ):
        record = ONE if name == "one" else TWO
        yield name, added(MORE, GOOD.replace(old, new, 1)), "A013", record
    yield "no-event-named", added(MORE, GOOD.replace("Event: forged01\n", "")), "A013", TWO
    yield (
        "another-file-with-it",
        lambda hand: hand.forge(
            {OPEN: hand.read(OPEN) + MORE, "policy/limits.yaml": hand.read("policy/limits.yaml") + "# 改\n"}, GOOD
        ),
        "A013",
        "policy/limits.yaml",
    )
    yield (
        "another-record-with-it",
        lambda hand: hand.forge({OPEN: hand.read(OPEN) + MORE, HOUSE: hand.read(HOUSE) + "备注: 改\n"}, GOOD),
        "A013",
        "HU-A0001",
    )
    edit = said("HU-A0001", "edit", subject="HU-A0001 修改联系户：备注")
    yield "an-edit-that-adds-a-step", added(MORE, edit), "A013", TWO
    yield (
        "an-add-with-steps",
        lambda hand: hand.forge(
            {"issues/2026/WT-2026-A0005.yaml": hand.read(NEW).replace("WT-2026-A0003", "WT-2026-A0005")},
            said("WT-2026-A0005", "add", subject="WT-2026-A0005 新增问题"),
        ),
        "A013",
        "WT-2026-A0005",
    )
    undo = f"撤销：{ONE} 销号\n\nRecord: {ONE}\nStep: undo\nActor: RY-A0001\nUndoes: {{}}\nCommand: 0123456789\n"
    yield (
        "an-undo-of-nothing",
        written(lambda text: "".join(events_of(text)[:-1]), message=undo.format("ffffffffff")),
        "A002",
        ONE,
    )
    yield (
        "an-undo-of-something-else",
        lambda hand: hand.forge(
            {CLOSED: "".join(events_of(hand.read(CLOSED))[:-2])}, undo.format(_command(hand, CLOSED))
        ),
        "A002",
        ONE,
    )
    yield (
        "an-undo-that-does-more",
        lambda hand: hand.forge(
            {CLOSED: "".join(events_of(hand.read(CLOSED))[:-1]), HOUSE: hand.read(HOUSE) + "备注: 改\n"},
            undo.format(_command(hand, CLOSED)),
        ),
        "A013",
        "HU-A0001",
    )


def _command(hand: Forger, path: str) -> str:
    """The command of the last commit that touched a file."""
    return hand.git("log", "-1", "--format=%(trailers:key=Command,valueonly)", "--", path).strip()
