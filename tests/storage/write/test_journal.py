"""What a command that is cut short leaves behind, and what the next one makes of it: real processes, really killed."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from tests.storage.town import Town, issue, path_of

from lianxin.core.error import LianxinError
from lianxin.storage.git.lock import at_work
from lianxin.storage.git.repo import Repo
from lianxin.storage.write.intent import Intent
from lianxin.storage.write.journal import Change, Journal, NewCommit

#: Runs one commit; what is to happen in the midst of it comes first.
_COMMIT = """
import os, signal, sys
from pathlib import Path
from lianxin.storage.write import branch as b
from lianxin.storage.write import journal as j
from lianxin.storage.git.repo import Repo
from lianxin.storage.write.intent import Intent
import_ = b.Branch._import
def imported(self, *given):
    {before}
    commit = import_(self, *given)
    {after}
    return commit
b.Branch._import = imported
repo = Repo.find(Path.cwd())
with j.Journal(repo, Path.cwd()).locked() as journal:
    for path, text in [{files}]:
        base = journal.read(path)
        journal.commit([j.NewCommit([j.Change(path, text, base)], "记一笔")])
"""
#: Git's index must be locked when what a dead one has left is finished.
_WATCHED = """
from lianxin.storage.write import journal as j
recover = j.Journal._recover
def recovered(self):
    assert (self.repo.git_dir / "index.lock").read_bytes().startswith(b"lianxin ")
    recover(self)
j.Journal._recover = recovered
"""
KILL = "os.kill(os.getpid(), signal.SIGKILL)"


@pytest.fixture
def town(tmp_path: Path) -> Town:
    made = Town(tmp_path)
    made.git("config", "user.name", "办公室")
    made.git("config", "user.email", "office@example.invalid")
    made.commit({path_of(1): issue(1), path_of(2): issue(2)})
    return made


def _run(town: Town, *files: tuple[str, str], before: str = "pass", after: str = "pass", first: str = "") -> int:
    told = ", ".join(map(repr, files))
    program = first + _COMMIT.format(before=before, after=after, files=told)
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")} | {"GIT_CONFIG_GLOBAL": os.devnull}
    done = subprocess.run([sys.executable, "-c", program], cwd=town.root, env=environment, check=False)
    return done.returncode


def _journal(town: Town) -> Journal:
    repo = Repo.find(town.root)
    assert repo is not None
    return Journal(repo, town.root)


def _litter(town: Town) -> list[Path]:
    return [*town.root.rglob(".lianxin-*"), *(town.top / ".git" / "lianxin").glob("*.intent")]


NEW = issue(1, summary="改过的")


def test_one_killed_after_its_commit_is_finished_by_the_next(town: Town) -> None:
    assert _run(town, (path_of(1), NEW), after=KILL) == -signal.SIGKILL
    assert (town.root / path_of(1)).read_text() == issue(1)
    with _journal(town).locked():
        pass
    assert (town.root / path_of(1)).read_text() == NEW == town.git("show", f"HEAD:{path_of(1)}")
    assert (town.git("status", "--short"), _litter(town)) == ("", [])


def test_a_new_record_of_one_killed_after_its_commit_appears(town: Town) -> None:
    assert _run(town, (path_of(3), issue(3)), after=KILL) == -signal.SIGKILL
    with _journal(town).locked():
        pass
    assert (town.root / path_of(3)).read_text() == issue(3)
    assert (town.git("status", "--short"), _litter(town)) == ("", [])


def test_one_killed_before_its_commit_has_done_nothing(town: Town) -> None:
    head = town.git("rev-parse", "HEAD")
    assert _run(town, (path_of(1), NEW), before=KILL) == -signal.SIGKILL
    with _journal(town).locked():
        pass
    assert (town.git("rev-parse", "HEAD"), town.git("status", "--short"), _litter(town)) == (head, "", [])
    assert (town.root / path_of(1)).read_text() == issue(1)


def test_what_was_written_by_hand_before_the_next_one_is_joined_with_it(town: Town) -> None:
    assert _run(town, (path_of(1), NEW), after=KILL) == -signal.SIGKILL
    (town.root / path_of(1)).write_text(f"{issue(1)}# 手写的一行\n")
    with _journal(town).locked():
        pass
    assert (town.root / path_of(1)).read_text() == f"{NEW}# 手写的一行\n"
    assert town.git("status", "--short") == f" M {path_of(1)}\n"


def test_what_cannot_be_joined_is_left_alone_and_told_of_once(town: Town) -> None:
    assert _run(town, (path_of(1), NEW), after=KILL) == -signal.SIGKILL
    mine = issue(1, summary="另一样改法")
    (town.root / path_of(1)).write_text(mine)
    with pytest.raises(LianxinError, match="合不到一起"), _journal(town).locked():
        pass
    assert (town.root / path_of(1)).read_text() == mine
    with _journal(town).locked():
        pass


def test_what_an_editor_saves_while_git_commits_is_kept(town: Town) -> None:
    save = f"Path({path_of(1)!r}).write_text({issue(1)!r} + '# 编辑器存的一行\\n')"
    assert _run(town, (path_of(1), NEW), after=save) == 0
    assert (town.root / path_of(1)).read_text() == f"{NEW}# 编辑器存的一行\n"
    assert town.git("show", f"HEAD:{path_of(1)}") == NEW
    assert (town.git("status", "--short"), _litter(town)) == (f" M {path_of(1)}\n", [])


@pytest.mark.parametrize("when", ["before", "after"])
def test_an_interruption_in_the_midst_comes_too_late(town: Town, when: str) -> None:
    interrupt = "os.kill(os.getpid(), signal.SIGINT)"
    assert _run(town, (path_of(1), NEW), **{when: interrupt}) == 0
    assert (town.root / path_of(1)).read_text() == NEW == town.git("show", f"HEAD:{path_of(1)}")
    assert (town.git("status", "--short"), _litter(town)) == ("", [])


def test_a_stop_in_the_midst_waits_for_the_end_of_the_commit(town: Town) -> None:
    stop = "os.kill(os.getpid(), signal.SIGTERM)"
    assert _run(town, (path_of(1), NEW), (path_of(2), NEW), before=stop) == -signal.SIGTERM
    assert town.git("show", f"HEAD:{path_of(1)}") == NEW == (town.root / path_of(1)).read_text()
    assert (town.root / path_of(2)).read_text() == issue(2)
    assert (town.git("status", "--short"), _litter(town)) == ("", [])


def test_a_record_that_is_only_in_the_commit_is_not_written_over(town: Town) -> None:
    (town.root / path_of(1)).unlink()
    journal = _journal(town)
    with journal.locked(), pytest.raises(LianxinError, match="git checkout"):
        journal.commit([NewCommit([Change(path_of(1), NEW, None)], "又一件")])
    assert town.git("show", f"HEAD:{path_of(1)}") == issue(1)


def test_an_empty_file_can_be_written_to(town: Town) -> None:
    town.commit({"policy/silenced.yaml": ""})
    assert _run(town, ("policy/silenced.yaml", "免提: []\n"), after=KILL) == -signal.SIGKILL
    with _journal(town).locked():
        pass
    assert (town.root / "policy/silenced.yaml").read_text() == "免提: []\n"


def test_what_git_cannot_join_is_left_alone(town: Town) -> None:
    assert _run(town, (path_of(1), NEW), after=KILL) == -signal.SIGKILL
    (town.root / path_of(1)).write_bytes(b"\0")
    with pytest.raises(LianxinError, match="合不到一起"), _journal(town).locked():
        pass
    assert (town.root / path_of(1)).read_bytes() == b"\0"


def test_another_data_folder_of_the_same_repository_leaves_it_to_its_own(town: Town) -> None:
    assert _run(town, (path_of(1), NEW), after=KILL) == -signal.SIGKILL
    (town.top / "另一本").mkdir()
    repo = Repo.find(town.top / "另一本")
    assert repo is not None
    with Journal(repo, town.top / "另一本").locked():
        pass
    with _journal(town).locked():
        pass
    assert (town.root / path_of(1)).read_text() == NEW


def test_a_neighbours_commit_cannot_take_a_step_away(town: Town) -> None:
    words = "['git', 'commit', '--allow-empty', '-qm', '别的']"
    neighbour = f"import subprocess; Path('seen').write_bytes(subprocess.run({words}, capture_output=True).stderr)"
    assert _run(town, (path_of(1), NEW), after=neighbour) == 0
    assert "index.lock" in (town.root / "seen").read_text()
    assert town.git("show", f"HEAD:{path_of(1)}") == NEW
    assert town.git("log", "-1", "--format=%s") == "记一笔\n"


def test_the_lock_of_the_dead_is_kept_until_its_work_is_finished(town: Town) -> None:
    assert _run(town, (path_of(1), NEW), after=KILL) == -signal.SIGKILL
    assert _run(town, (path_of(2), issue(2, summary="第二件")), first=_WATCHED) == 0
    assert (town.git("status", "--short"), _litter(town)) == ("", [])
    assert not (town.top / ".git" / "index.lock").exists()


def test_a_commit_that_waits_for_its_words_does_not_take_a_step_away(town: Town, tmp_path: Path) -> None:
    begun, go = tmp_path.with_name(f"{tmp_path.name}-begun"), tmp_path.with_name(f"{tmp_path.name}-go")
    words = f"sh -c 'touch {begun}; until [ -e {go} ]; do sleep 0.01; done; echo 别的 > $0'"
    environment = os.environ | {"GIT_EDITOR": words}
    with subprocess.Popen(
        ["git", "commit", "--allow-empty", "-q"], cwd=town.top, env=environment, stderr=subprocess.PIPE
    ) as neighbour:
        while not begun.exists():
            assert neighbour.poll() is None
        assert _run(town, (path_of(1), NEW)) == 0
        go.touch()
        assert b"cannot lock ref" in neighbour.communicate()[1]
    assert town.git("show", f"HEAD:{path_of(1)}") == NEW
    assert town.git("log", "-1", "--format=%s") == "记一笔\n"
    assert town.git("status", "--short") == ""


def test_readers_know_that_somebody_is_writing(town: Town) -> None:
    asked = (
        "import sys; from pathlib import Path; from lianxin.storage.git.repo import Repo;"
        "from lianxin.storage.git.lock import at_work; sys.exit(at_work(Repo.find(Path.cwd()), 1e12))"
    )
    other = f"import subprocess; assert subprocess.run([sys.executable, '-c', {asked!r}]).returncode == 1"
    ourselves = "from lianxin.storage.git.lock import at_work; assert not at_work(repo, 0)"
    assert _run(town, (path_of(1), NEW), before=other, after=ourselves) == 0
    repo = _journal(town).repo
    assert (at_work(repo, 1e12), at_work(repo, 0)) == (False, True)  # not now, but since 1970


def test_one_who_sees_others_come_and_go_waits_on(town: Town) -> None:
    assert _run(town, (path_of(1), NEW)) == 0
    impatient = "from lianxin.storage.git import lock\nlock.LOCK_WAIT = 0.3\n"
    stop = threading.Event()
    others = threading.Thread(target=_others, args=(_journal(town).repo, stop))
    others.start()
    time.sleep(0.1)
    threading.Timer(2, stop.set).start()
    assert _run(town, (path_of(2), issue(2, summary="第二件")), first=impatient) == 0
    others.join()
    assert town.git("log", "-2", "--format=%s").split() == ["记一笔", "记一笔"]


def _others(repo: Repo, stop: threading.Event) -> None:
    """One after the other takes the lock for a moment, and leaves none between."""
    with (repo.common_dir / "lianxin" / "lock").open("r+b") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        while not stop.is_set():
            os.utime(lock.fileno())
            time.sleep(0.05)


def _with_git(town: Town, tmp_path: Path, script: str, *files: tuple[str, str], **more: str) -> int:
    """With a git that does something else when it is told to import."""
    real = subprocess.run(["which", "git"], capture_output=True, check=True, text=True).stdout.strip()
    folder = tmp_path.with_name(f"{tmp_path.name}-bin")
    folder.mkdir()
    shim = folder / "git"
    shim.write_text(f'#!/bin/sh\ngit={real}\ncase "$*" in *fast-import*) {script};; esac\nexec $git "$@"\n')
    shim.chmod(0o755)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
        return _run(town, *files, **more)


@pytest.mark.parametrize("end", ["exit 1", "kill -9 $$"])
def test_what_head_has_is_written_whatever_git_says(town: Town, tmp_path: Path, end: str) -> None:
    assert _with_git(town, tmp_path, f'$git "$@"; {end}', (path_of(1), NEW)) == 0
    assert (town.root / path_of(1)).read_text() == NEW == town.git("show", f"HEAD:{path_of(1)}")
    assert (town.git("status", "--short"), _litter(town)) == ("", [])


@pytest.mark.parametrize("end", ["exit 1", "kill -9 $$", "exit 0"])
def test_what_head_has_not_is_not_written(
    town: Town, tmp_path: Path, end: str, capfd: pytest.CaptureFixture[str]
) -> None:
    head = town.git("rev-parse", "HEAD")
    assert _with_git(town, tmp_path, end, (path_of(1), NEW)) == 1
    assert "什么都没有写入" in capfd.readouterr().err
    assert (town.git("rev-parse", "HEAD"), town.git("status", "--short"), _litter(town)) == (head, "", [])


#: Somebody commits without git's index, once, just before ours.
_ELSEWHERE = """
[ -e {mark} ] || {{ touch {mark}
blob=$(echo 别的 | $git hash-object -w --stdin)
GIT_INDEX_FILE={mark}.index $git read-tree HEAD
GIT_INDEX_FILE={mark}.index $git update-index --add --cacheinfo 100644,$blob,{path}
tree=$(GIT_INDEX_FILE={mark}.index $git write-tree)
$git update-ref refs/heads/main $($git commit-tree -m 别处 -p HEAD $tree); }}"""


def test_a_branch_that_others_move_is_tried_again(town: Town, tmp_path: Path) -> None:
    script = _ELSEWHERE.format(mark=tmp_path / "mark", path="备忘.txt")
    locked = "(repo.git_dir / 'index.lock').read_bytes()"  # the second time too
    assert _with_git(town, tmp_path, script, (path_of(1), NEW), before=locked) == 0
    assert town.git("log", "-3", "--format=%s").split() == ["记一笔", "别处", "记录"]
    assert (town.root / path_of(1)).read_text() == NEW == town.git("show", f"HEAD:{path_of(1)}")


def test_records_that_others_commit_meanwhile_want_another_look(
    town: Town, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    script = _ELSEWHERE.format(mark=tmp_path / "mark", path=path_of(7))
    assert _with_git(town, tmp_path, script, (path_of(1), NEW)) == 1
    assert "MovedError" in capfd.readouterr().err
    assert town.git("show", f"HEAD:{path_of(1)}") == issue(1) == (town.root / path_of(1)).read_text()


def test_locks_of_the_dead_are_cleared_and_nobody_elses(town: Town) -> None:
    git = town.top / ".git"
    assert _run(town, (path_of(1), NEW), after=KILL) == -signal.SIGKILL
    assert (git / "index.lock").read_bytes().startswith(b"lianxin ")
    for lock in ("HEAD.lock", "refs/heads/main.lock"):
        (git / lock).touch()
    packs = git / "objects" / "pack"
    (packs / "tmp_pack_abc").touch()
    assert _run(town, (path_of(2), issue(2, summary="第二件"))) == 0
    assert not [*git.rglob("*.lock"), *packs.glob("tmp_*")]
    assert (town.root / path_of(1)).read_text() == NEW
    # with nothing of ours under way, a lock is somebody else's
    (git / "HEAD.lock").touch()
    assert _run(town, (path_of(1), issue(1, summary="又一次"))) == 1
    assert (git / "HEAD.lock").exists()
    (git / "HEAD.lock").unlink()
    assert _run(town, (path_of(1), issue(1, summary="又一次"))) == 0


def test_what_a_git_that_did_its_work_could_not_remove_is_cleared(town: Town, tmp_path: Path) -> None:
    left = "mkdir -p .git/objects/ab && touch .git/HEAD.lock .git/refs/heads/main.lock .git/objects/ab/tmp_obj_abc"
    assert _with_git(town, tmp_path, f'$git "$@"; {left}; exit 0', (path_of(1), NEW)) == 0
    git = town.top / ".git"
    assert not [*git.rglob("*.lock"), *git.rglob("tmp_*")]
    assert _run(town, (path_of(2), issue(2, summary="第二件"))) == 0


def test_the_lock_on_gits_index_is_held_when_git_is_in_trouble(town: Town, tmp_path: Path) -> None:
    words = "['git', 'commit', '--allow-empty', '-qm', '别的']"
    neighbour = f"import subprocess; Path('seen').write_bytes(subprocess.run({words}, capture_output=True).stderr)"
    assert _with_git(town, tmp_path, '$git "$@"; exit 1', (path_of(1), NEW), after=neighbour) == 0
    assert "index.lock" in (town.root / "seen").read_text()


def test_a_damaged_note_blocks_nothing_and_is_kept(town: Town) -> None:
    folder = town.top / ".git" / "lianxin"
    folder.mkdir(exist_ok=True)
    (note,) = {Intent(_journal(town).repo).path}
    note.write_bytes(b'[["issues/2026/WT')
    assert _run(town, (path_of(1), NEW)) == 0
    assert town.git("show", f"HEAD:{path_of(1)}") == NEW
    (kept,) = Intent(_journal(town).repo).damaged()
    assert kept.read_bytes() == b'[["issues/2026/WT'


def test_an_edit_as_long_as_what_it_replaces_is_still_seen(town: Town) -> None:
    for n in range(20):
        other = town.root / path_of(2)
        other.write_text(issue(2, summary=f"甲{n:02}"))
        town.git("add", path_of(2))
        other.write_text(issue(2, summary=f"乙{n:02}"))
        assert _run(town, (path_of(1), issue(1, summary=f"第{n}次"))) == 0
        assert town.git("status", "--short", path_of(2)).startswith("MM")


def test_a_git_that_outlives_its_lianxin_is_waited_for(town: Town, tmp_path: Path) -> None:
    # what is told on standard input is read whole before the wait: nobody is left to tell it
    go = tmp_path.with_name(f"{tmp_path.name}-go")
    late = f'until [ -e {go} ]; do sleep 0.1; done; $git "$@" < .told > /dev/null; rm .told'
    script = f"cat > .told; ({late}) & kill -9 $PPID; exit 0"
    assert _with_git(town, tmp_path, script, (path_of(1), NEW)) == -signal.SIGKILL
    assert town.git("show", f"HEAD:{path_of(1)}") == issue(1)
    threading.Timer(1, go.touch).start()
    assert _run(town, (path_of(2), issue(2, summary="第二件"))) == 0
    assert town.git("show", f"HEAD:{path_of(1)}") == NEW == (town.root / path_of(1)).read_text()
    assert (town.git("status", "--short"), _litter(town)) == ("", [])


#: So many files that the disks are told of all of them at once.
MANY = {path_of(number): issue(number) for number in range(3, 83)}


def test_many_new_files_are_one_commit_and_one_killed_after_it_is_finished(town: Town) -> None:
    kill = f"Intent(repo).note([j.Change(p, t, None) for p, t in {MANY!r}.items()]); {KILL}"
    assert _run(town, (path_of(1), NEW), before=kill) == -signal.SIGKILL  # noted, and never committed
    with _journal(town).locked() as journal:
        assert not (town.root / path_of(3)).exists()
        journal.commit([NewCommit([Change(path, text, None) for path, text in MANY.items()], "导入")])
    assert all((town.root / path).read_text() == text for path, text in MANY.items())
    assert (town.git("status", "--short"), _litter(town)) == ("", [])
    assert town.git("show", "--stat", "--format=%s", "HEAD").startswith("导入\n")


def test_among_many_new_files_one_that_head_has_is_found(town: Town) -> None:
    (town.root / path_of(2)).unlink()
    head = town.git("rev-parse", "HEAD")
    changes = [Change(path, text, None) for path, text in {**MANY, path_of(2): issue(2)}.items()]
    with _journal(town).locked() as journal, pytest.raises(LianxinError, match="提交里有，文件夹里却没有"):
        journal.commit([NewCommit(changes, "导入")])
    assert town.git("rev-parse", "HEAD") == head
    assert not any((town.root / path).exists() for path in MANY)
