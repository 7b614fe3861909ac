from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.cli.desk import Desk


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once; every test works on its own copy."""
    return Desk(tmp_path_factory.mktemp("desk") / "台账").furnish().root


@pytest.fixture
def desk(furnished: Path, tmp_path: Path) -> Desk:
    root = tmp_path / "台账"
    shutil.copytree(furnished, root)
    copy = Desk.__new__(Desk)
    copy.root = root
    return copy
