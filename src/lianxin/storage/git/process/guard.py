"""What a folder could have git run by opening it, and the settings that keep git from running any of it.

Whoever sends a data folder sends its configuration with it. A setting told in the environment comes after every file,
the included ones too, so whatever a file says is overruled there: what is known by name always, and what bears a name
of the sender's own (a filter, a driver, a remote) once the configuration was looked through for it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable

#: A program that does nothing and says that it failed.
_NOBODY = "false"
#: A file that cannot be: git looks for it, and goes on without a word.
_NO_FILE = f"{os.devnull}/none"

#: A setting that does nothing: a git that does not see it sees none of the others either.
GUARD = "lianxin.guard"

#: Settings that run a program, or let one be run, and what holds in their place for every call.
_KNOWN = (
    (GUARD, "true"),
    ("core.fsmonitor", "false"),
    ("core.hooksPath", os.devnull),
    ("core.sshCommand", _NOBODY),
    ("core.gitProxy", _NOBODY),
    ("core.askPass", _NOBODY),
    ("core.editor", _NOBODY),
    ("core.pager", "cat"),
    ("core.alternateRefsCommand", _NOBODY),
    ("sequence.editor", _NOBODY),
    ("credential.helper", ""),
    ("diff.external", _NOBODY),
    ("gpg.program", _NOBODY),
    ("gpg.openpgp.program", _NOBODY),
    ("gpg.x509.program", _NOBODY),
    ("gpg.ssh.program", _NOBODY),
    ("gpg.ssh.defaultKeyCommand", _NOBODY),
    ("protocol.allow", "never"),
    ("protocol.ext.allow", "never"),
    ("safe.bareRepository", "explicit"),
)

#: Settings that would have more done than was asked, or give answers that cannot be read.
_PLAIN = (
    ("log.showSignature", "false"),
    ("commit.gpgSign", "false"),
    ("submodule.recurse", "false"),
    ("gc.auto", "0"),
    ("core.quotePath", "false"),
    ("core.fileMode", "false"),  # on a stick every file may be run; a record is none to run anyway
    ("core.safecrlf", "false"),
    ("i18n.logOutputEncoding", "UTF-8"),
)

#: Settings under a name of the sender's own, and what stands in their place. Git takes an empty filter for none.
_NAMED = (
    (r"filter\..*\.(clean|smudge|process)", ""),
    (r"filter\..*\.required", "false"),
    (r"diff\..*\.(command|textconv)", _NOBODY),
    (r"merge\..*\.driver", _NOBODY),
    (r"remote\..*\.(uploadpack|receivepack|proxy|vcs)", _NOBODY),
    (r"credential\..*\.helper", ""),
    (r"pager\..*", "false"),
    (r"trailer\..*\.(cmd|command)", _NOBODY),
    (r"tar\..*\.command", _NOBODY),
    (r"submodule\..*\.update", "none"),
)

#: Settings that name a file for git to read, as it prints them; one that came with the folder names none.
_FILES = ("core.excludesfile", "core.attributesfile", "mailmap.file")
#: Where git says that a setting came with the folder.
_SENT = ("local", "worktree")

#: How they are found: ``git config --get-regexp`` with this.
LOOKED_FOR = f"^({'|'.join((*map(re.escape, (GUARD, *_FILES)), *(pattern for pattern, _ in _NAMED)))})$"

#: What else the clerk's own git would run, or take in from elsewhere.
_BESIDE = (
    r"(alias|browser|difftool|include|includeif|man|mergetool|protocol)\..*",
    r"init\.templatedir",
    r"uploadpack\.packobjectshook",
)

#: Folders that many people write to: a repository of somebody else's there is not taken for the one around ours.
SHARED = ("/", "/home", "/tmp", "/var/tmp", "/mnt", "/media")  # noqa: S108 - named to be kept out of

#: What git may see of its own in the environment; all else named ``GIT_…`` (in hooks: ``GIT_DIR``) is dropped.
_KEPT = ("GIT_AUTHOR_", "GIT_COMMITTER_", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM")


def stand_ins(settings: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """For settings found in a configuration, each behind its scope, what is to stand in their place."""
    held = tuple(settings)
    named = tuple(
        (name, stand_in) for _, name in held for pattern, stand_in in _NAMED if re.fullmatch(pattern, name, re.DOTALL)
    )
    return named + tuple((name, os.devnull) for scope, name in held if name in _FILES and scope in _SENT)


def runs(name: str) -> bool:
    """Whether a setting, its name as git prints it, has something run or brings in settings from elsewhere."""
    if name in {key.lower() for key, _ in _KNOWN}:
        return True
    return any(re.fullmatch(pattern, name, re.DOTALL) for pattern in (*(pattern for pattern, _ in _NAMED), *_BESIDE))


def environment(beside: Iterable[tuple[str, str]] = ()) -> dict[str, str]:
    """The environment git runs in.

    Args:
        beside: Settings that hold besides those that always do.
    """
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_") or key.startswith(_KEPT)}
    settings = (*_KNOWN, *_PLAIN, *beside)
    for number, (key, value) in enumerate(settings):
        kept[f"GIT_CONFIG_KEY_{number}"], kept[f"GIT_CONFIG_VALUE_{number}"] = key, value
    return kept | {
        # a program is not looked for in the folder in hand
        "PATH": os.pathsep.join(path for path in os.get_exec_path() if path.startswith("/")),
        "LC_ALL": "C",
        "GIT_CONFIG_COUNT": str(len(settings)),
        "GIT_CEILING_DIRECTORIES": os.pathsep.join(("", *SHARED)),  # the empty one: as written, links not followed
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_GRAFT_FILE": _NO_FILE,
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_ALLOW_PROTOCOL": "",  # nothing is fetched, whatever the protocol
    }
