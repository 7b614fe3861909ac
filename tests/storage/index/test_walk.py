"""Whatever is done with git, the index brought forward equals one made afresh."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.storage.town import ACCEPT, ASSIGN, SIGN, Town, issue, path_of

pytestmark = pytest.mark.slow  # it takes long

STEPS = 40


class Walk:
    """Random work on one town."""

    def __init__(self, town: Town, seed: int) -> None:
        self.town, self.random = town, random.Random(seed)
        self.branches = ["main"]

    def any_issue(self) -> str:
        found = sorted(self.town.root.glob("issues/*/*.yaml"))
        return self.random.choice(found).relative_to(self.town.root).as_posix() if found else path_of(1)

    def text(self, number: int) -> str:
        events = [ACCEPT, ASSIGN, SIGN][: self.random.randrange(4)]
        return issue(
            number, *events, summary=f"第 {self.random.randrange(1000)} 次写的事", village=self.random.choice([1, 2])
        )

    def edit(self) -> None:
        path = self.any_issue()
        self.town.write({path: self.text(int(path[-9:-5]))})

    def spoil(self) -> None:
        self.town.write({self.any_issue(): "编号: [没有写完\n"})

    def household(self) -> None:
        number = self.random.randrange(1, 4)
        text = f"编号: HU-A{number:04d}\n户主: 丁{self.random.choice('甲乙丙')}\n所属村: CUN-A0001\n"
        self.town.write({f"households/HU-A{number:04d}.yaml": text})

    def add(self) -> None:
        number = self.random.randrange(1, 30)
        self.town.write({path_of(number): self.text(number)})

    def stray(self) -> None:
        self.town.write({self.random.choice(["issues/说明.txt", "杂物/记事.txt"]): "随手记的\n"})

    def delete(self) -> None:
        (self.town.root / self.any_issue()).unlink(missing_ok=True)

    def rename(self) -> None:
        self.town.git("mv", "-f", self.any_issue(), path_of(self.random.randrange(40, 60)), check=False)

    def stage(self) -> None:
        self.town.git("add", "--", self.any_issue(), check=False)

    def unstage(self) -> None:
        self.town.git("rm", "-q", "--cached", "--", self.any_issue(), check=False)

    def commit(self) -> None:
        self.town.commit()

    def commit_staged(self) -> None:
        self.town.git("commit", "-q", "-m", "只交这些", check=False)

    def branch(self) -> None:
        name = f"b{len(self.branches)}"
        self.branches.append(name)
        self.town.git("checkout", "-q", "-b", name)

    def switch(self) -> None:
        self.town.git("checkout", "-q", self.random.choice(self.branches), check=False)

    def back(self) -> None:
        self.town.git("checkout", "-q", "--detach", "HEAD~1", check=False)

    def stash(self) -> None:
        self.town.git("stash", "-q", "-u", check=False)

    def unstash(self) -> None:
        self.town.git("stash", "pop", "-q", check=False)

    def reset(self) -> None:
        self.town.git("reset", "-q", self.random.choice(["--hard", "--mixed", "--soft"]), "HEAD~1", check=False)

    def merge(self) -> None:
        self.town.git("merge", "-q", self.random.choice(self.branches), check=False)

    def rebase(self) -> None:
        self.town.git("rebase", "-q", self.random.choice(self.branches), check=False)

    def settle(self) -> None:
        for what in ("merge", "rebase"):
            self.town.git(what, "--abort", check=False)

    def prune(self) -> None:
        self.town.git("reflog", "expire", "--expire=now", "--all")
        self.town.git("gc", "-q", "--prune=now")

    def step(self) -> Callable[[], None]:
        often = [self.edit, self.add, self.commit] * 3
        seldom = [self.spoil, self.household, self.stray, self.delete, self.rename, self.stage, self.unstage]
        git = [self.commit_staged, self.branch, self.switch, self.switch, self.back, self.stash, self.unstash]
        return self.random.choice([*often, *seldom, *git, self.reset, self.merge, self.rebase, self.settle, self.prune])


@pytest.mark.parametrize("seed", range(5))
def test_the_warm_index_equals_one_made_afresh(seed: int, tmp_path: Path) -> None:
    town = Town(tmp_path / "town")
    town.commit({path_of(n): issue(n, ACCEPT) for n in range(1, 8)})
    walk = Walk(town, seed)
    done = []
    for _ in range(STEPS):
        step = walk.step()
        done.append(step.__name__)
        step()
        assert town.dump() == town.afresh(tmp_path / "copy"), done
        # The base is HEAD's tree and nothing else.
        assert town.base() == town.dump(commit="HEAD"), done
