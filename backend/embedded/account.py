"""Who runs the servers: PostgreSQL refuses root, so root's keeper and servers run as somebody else."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from backend.embedded.errors import EmbeddedServicesUnavailable


@dataclass(frozen=True, slots=True)
class Account:
    """An unprivileged user of this machine."""

    uid: int
    gid: int


def choose(root: Path) -> Account | None:
    """Who owns the data below `root`, or shall; None when that is simply us.

    In a directory of an ordinary user it is that user, so that he can go on without root later.
    """
    if os.geteuid() != 0:
        return None
    owner = next(place.stat().st_uid for place in (root, *root.parents) if place.exists())
    entry = pwd.getpwuid(owner) if owner else pwd.getpwnam("nobody")
    return Account(entry.pw_uid, entry.pw_gid)


def prepare(root: Path, files: Sequence[Path], account: Account | None) -> None:
    """Make the private directory `root` and the empty `files` in it, owned by `account`."""
    root.parent.mkdir(parents=True, exist_ok=True)
    root.mkdir(mode=0o700, exist_ok=True)
    for file in files:
        file.touch(mode=0o600)
    if account:
        for path in (root, *files):
            os.chown(path, account.uid, account.gid)


def launch(
    command: Sequence[str], *, needs: Sequence[Path], account: Account | None, **options: Any
) -> subprocess.Popen[bytes]:
    """Start `command` as `account`, which must be able to read every path of `needs`."""
    if account is None:
        return subprocess.Popen(command, **options)  # noqa: S603  our own interpreter and module
    identity: dict[str, Any] = {"user": account.uid, "group": account.gid, "extra_groups": ()}
    if _can_read(needs, identity):
        return subprocess.Popen(command, **identity, **options)  # noqa: S603  as above
    return subprocess.Popen([*_entering_anywhere(account), *command], **options)  # noqa: S603  as above


def _can_read(needs: Sequence[Path], identity: dict[str, Any]) -> bool:
    """Asked by trying: permissions of all parents, groups and access lists are the kernel's to judge."""
    probe = 'for path; do test -r "$path" || exit 1; done'
    asked = subprocess.run(["/bin/sh", "-c", probe, "sh", *map(str, needs)], **identity, cwd="/", check=False)  # noqa: S603  fixed script
    return asked.returncode == 0


def _entering_anywhere(account: Account) -> list[str]:
    """A prefix that keeps one power of root: to pass closed directories, as when the project lies below /root."""
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        raise EmbeddedServicesUnavailable(
            "内置数据库不能以 root 运行，而普通用户进不了本项目或 VAR_DIR 所在的目录：请换一个目录、换普通用户运行，或安装 util-linux（setpriv）"
        )
    who = [
        "--reuid",
        str(account.uid),
        "--regid",
        str(account.gid),
        "--clear-groups",
        "--securebits",
        "+no_setuid_fixup",
    ]
    return [setpriv, *who, "--inh-caps", "+dac_override", "--ambient-caps", "+dac_override", "--"]
