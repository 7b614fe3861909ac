"""What was typed and is not written yet: beside the index, its owner's alone, never in the work tree."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

from msgspec import Struct

from lianxin.core.error import LianxinError
from lianxin.storage.git.disk import ordinary
from lianxin.storage.git.repo import Repo
from lianxin.storage.index.store import location

#: Texts as they were typed, by field; of a list, one by one.
Answers = Mapping[str, "str | list[str]"]


_BATCH = "batch"
#: In the name of a draft that was read from a message, and of one that was laid aside, before its number.
_PASTED, _ASIDE = "-paste-", "-aside-"


class Kept(Struct, frozen=True):
    """What is left of the last time.

    Attributes:
        answers: What was answered, with nothing where a question was passed over.
        half: What was being typed, which nobody has judged.
        day: On which that was: 昨天 is the day before it.
        refused: The ledger did not take it.
    """

    answers: dict[str, str | list[str]]
    half: dict[str, str | list[str]]
    day: date
    refused: bool = False


class Draft:
    """The draft of one record or step.

    Args:
        name: Which one: ``issue-add``, ``issue-sign-WT-2026-A0007``.
        today: By which days in words are meant.
    """

    def __init__(self, repo: Repo, name: str, today: date) -> None:
        self._today = today
        self._path = location(repo).with_suffix(".draft") / f"{name}.json"

    def kept(self) -> Kept | None:
        """What is left of the last time; None when there is nothing, or nothing that can be read."""
        try:
            told = json.loads(ordinary(self._path))
            day = date.fromisoformat(told["day"])
            return Kept(dict(told["answers"]), dict(told["half"]), day, bool(told.get("refused")))
        except (LianxinError, OSError, ValueError, KeyError, TypeError):
            return None

    def keep(self, answers: Answers, half: Answers | None = None, *, refused: bool = False) -> None:
        """Keep what has been typed so far, at every key: a terminal may go without a word.

        Where there is no room, the typing goes on without it.

        Args:
            answers: As in ``Kept``.
            half: As in ``Kept``.
            refused: The ledger did not take it.
        """
        if not any(answers.values()) and not any((half or {}).values()):
            return
        kept: dict[str, object] = {"answers": dict(answers), "half": dict(half or {}), "day": self._today.isoformat()}
        if refused:
            kept["refused"] = True
        told = json.dumps(kept, ensure_ascii=False)
        beside = self._path.with_suffix(".tmp")
        with suppress(OSError):
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                file.write(told.encode("utf-8", "surrogatepass"))
            beside.replace(self._path)

    def lay_aside(self) -> None:
        """What is left is taken up only if it is asked for: under another name, behind those laid aside before."""
        n = 1
        while (there := self._path.with_name(f"{self._path.stem}{_ASIDE}{n}.json")).exists():
            n += 1
        with suppress(OSError):
            self._path.rename(there)

    def drop(self) -> None:
        """It is written, or no longer wanted."""
        _drop(self._path)


def _drop(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)


def drop(repo: Repo, name: str) -> None:
    """The draft of that name is no longer wanted, if there is one."""
    _drop(location(repo).with_suffix(".draft") / f"{name}.json")


def draft_name(kind: str, step: str, id_: str) -> str:
    """What the draft of a record's step is called."""
    return f"{kind}-{step}-{id_}"


def batch_draft(kind: str, step: str, command: str) -> str:
    """What the draft of a step of several records is called: one for each way of picking them."""
    return f"{kind}-{_BATCH}-{step}-{sha256(command.encode()).hexdigest()[:12]}"


def opened_for(name: str, records: Iterable[str]) -> str:
    """What the draft of a new record is called that is opened for some others: one for each of them."""
    return f"{name}-{sha256(' '.join(records).encode()).hexdigest()[:12]}"


def picked_once(name: str) -> bool:
    """Whether it is the draft of a step of several records, which nobody may ever pick together again."""
    return f"-{_BATCH}-" in name


def pasted(kind: str, mark: str) -> str:
    """What the draft of a record is called that was read from a message."""
    return f"{kind}{_PASTED}{mark}"


def message_draft() -> str:
    """What a message is kept as that is being pasted."""
    return "message"


def kind_pasted(name: str) -> str:
    """The kind of the record of such a draft; empty where it is none."""
    kind, mark, _ = name.partition(_PASTED)
    return kind if mark else ""


def laid_aside(name: str) -> str:
    """The name of what a draft was laid aside of; empty where it was not."""
    first, mark, _ = name.rpartition(_ASIDE)
    return first if mark else ""


def left_at(repo: Repo, name: str) -> datetime:
    """When something was typed there last, as the machine has it.

    Raises:
        OSError: It is not there any more.
    """
    return datetime.fromtimestamp((location(repo).with_suffix(".draft") / f"{name}.json").stat().st_mtime)


def drafts(repo: Repo) -> list[str]:
    """The names of all drafts."""
    return sorted(path.stem for path in location(repo).with_suffix(".draft").glob("*.json"))
