"""One ledger a module: empty, with what all else points to, and with households."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.actions.bring import workbooks
from tests.actions.bring.clerk import NOW, Clerk

from lianxin.actions.begin.start import init
from lianxin.actions.bring.bring import Brought
from lianxin.storage.write.stream import Written


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("旧表")


@pytest.fixture(scope="module")
def clerk(tmp_path_factory: pytest.TempPathFactory) -> Clerk:
    root = tmp_path_factory.mktemp("台账") / "台账"
    init(root, name="清溪镇党建办", level="镇", org="清溪镇党委", clerk="周敏", written=Written("begin", NOW))
    return Clerk(root)


@pytest.fixture(scope="module")
def founded(clerk: Clerk, folder: Path) -> Brought:
    return clerk.bring(workbooks.foundation(folder))


@pytest.fixture(scope="module")
def housed(clerk: Clerk, founded: Brought, folder: Path) -> Brought:  # noqa: ARG001 - it comes after
    return clerk.bring(workbooks.households(folder), good_only=True)
