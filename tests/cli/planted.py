"""A folder as a stranger might send it: whatever git can be made to run by a configuration is set to a trap."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path

#: Settings that have git run a program, and how the program stands in them. ``.git/config`` takes all of them.
SETTINGS = {
    "filter.evil.clean": "{}",
    "filter.evil.smudge": "{}",
    "filter.evil.required": "true",
    "filter.pipe.process": "{}",
    "diff.evil.textconv": "{}",
    "diff.evil.command": "{}",
    "diff.external": "{}",
    "merge.evil.driver": "{} %A %O %B",
    "core.fsmonitor": "{}",
    "core.sshCommand": "{}",
    "core.gitProxy": "{}",
    "core.askPass": "{}",
    "core.editor": "{}",
    "core.pager": "{}",
    "core.alternateRefsCommand": "{}",
    "sequence.editor": "{}",
    "pager.log": "{}",
    "pager.status": "{}",
    "credential.helper": "!{}",
    "gpg.program": "{}",
    "gpg.ssh.program": "{}",
    "log.showSignature": "true",
    "alias.status": "!{}",
    "alias.fast-import": "!{}",
    "trailer.evil.command": "{}",
    "trailer.evil.cmd": "{}",
    "uploadpack.packObjectsHook": "{}",
    "remote.origin.url": "ext::{}",
    "remote.origin.uploadpack": "{}",
    "remote.origin.promisor": "true",
    "protocol.ext.allow": "always",
    "safe.bareRepository": "all",
}
#: Of these, what runs nothing by itself.
QUIET = {"log.showSignature", "remote.origin.url", "remote.origin.promisor"}
HOOKS = ("post-index-change", "reference-transaction", "pre-commit", "post-commit", "post-checkout", "pre-auto-gc")
ENVIRONMENT = (
    "GIT_EXTERNAL_DIFF",
    "GIT_PAGER",
    "GIT_EDITOR",
    "GIT_SSH",
    "GIT_SSH_COMMAND",
    "GIT_ASKPASS",
    "GIT_PROXY_COMMAND",
)

_ATTRIBUTES = "*.yaml filter=evil diff=evil merge=evil\nlianxin.yaml filter=pipe\npeople/*.yaml filter=late\n"


class Traps:
    """Programs that leave a file under their own name when they are run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "sprung").mkdir(parents=True)

    def set(self, name: str) -> Path:
        """A trap of that name."""
        path = self.folder / name.replace("/", "_")
        path.write_text(f"#!/bin/sh\ntouch {shlex.quote(str(self.folder / 'sprung' / path.name))}\nexec cat\n")
        path.chmod(0o755)
        return path

    def sprung(self) -> list[str]:
        """The names of those that were run."""
        return sorted(path.name for path in (self.folder / "sprung").iterdir())


def git(root: Path, *words: str, text: str | None = None) -> str:
    """Git, as the stranger ran it before anything was planted."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    done = subprocess.run(["git", *words], cwd=root, env=clean, input=text, capture_output=True, check=True, text=True)
    return done.stdout


def plant(root: Path, traps: Traps) -> dict[str, str]:
    """Set a trap in every place; the environment to run commands in."""
    _sign(root)
    for name, value in SETTINGS.items():
        git(root, "config", name, value.format(shlex.quote(str(traps.set(name)))))
    included = traps.folder / "included.conf"
    git(root, "config", "-f", str(included), "filter.late.clean", str(traps.set("included")))
    git(root, "config", "include.path", str(included))
    hooks = traps.folder / "hooks"
    hooks.mkdir()
    for name in HOOKS:
        for folder in (hooks, root / ".git" / "hooks"):
            folder.mkdir(exist_ok=True)
            (folder / name).symlink_to(traps.set(name))
    git(root, "config", "core.hooksPath", str(hooks))
    (root / ".git" / "info").mkdir(exist_ok=True)
    (root / ".git" / "info" / "attributes").write_text(_ATTRIBUTES)
    (root / "git").symlink_to(traps.set("git"))
    told = {name: str(traps.set(name)) for name in ENVIRONMENT}
    told |= {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "filter.evil.clean", "GIT_CONFIG_VALUE_0": told["GIT_PAGER"]}
    return told | {"PATH": f".:{os.environ['PATH']}"}


def touch(root: Path) -> None:
    """Have git look into every file again, as it must in a folder that was copied."""
    for path in root.rglob("*.yaml"):
        os.utime(path, (0, 0))


def _sign(root: Path) -> None:
    """A last commit that says it is signed, so that ``log`` may want to look at that."""
    body = git(root, "cat-file", "commit", "HEAD")
    head, _, rest = body.partition("\n\n")
    signed = f"{head}\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n -----END PGP SIGNATURE-----\n\n{rest}"
    oid = git(root, "hash-object", "-t", "commit", "-w", "--stdin", text=signed)
    git(root, "update-ref", "HEAD", oid.strip())
