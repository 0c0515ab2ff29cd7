"""Which process works how hard: the seconds of processor time of everything below this one, by what it is."""

import os
from collections import defaultdict
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")
_NAMES = {
    "-mscheduler": "scheduler",
    "-msimulator": "simulator",
    "-mbackend": "backend",
    "postgres": "PostgreSQL",
    "valkey": "Valkey",
}


def seconds() -> defaultdict[str, float]:
    """Since each began; the load generator, which is this process, among them."""
    parents = {int(path.name): _stat(path) for path in Path("/proc").iterdir() if path.name.isdigit()}
    used: defaultdict[str, float] = defaultdict(float)
    for pid, (_, ticks) in parents.items():
        if pid == os.getpid():
            used["load generator"] += ticks / _TICK
        elif os.getpid() in _ancestors(pid, parents):
            used[_name_of(pid, parents)] += ticks / _TICK
    return used


def shares(before: defaultdict[str, float], after: defaultdict[str, float], span: float) -> str:
    """Percent of one core each, the busiest first."""
    spent = {name: (after[name] - before[name]) / span for name in after}
    busiest = sorted(spent.items(), key=lambda one: -one[1])
    return ", ".join(f"{name} {share:.0%}" for name, share in busiest if share >= 0.02)


def _stat(path: Path) -> tuple[int, int]:
    """Parent and ticks; (0, 0) for a process that has just ended."""
    try:
        fields = (path / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0, 0
    return int(fields[1]), int(fields[11]) + int(fields[12])


def _ancestors(pid: int, known: dict[int, tuple[int, int]]) -> list[int]:
    line = []
    while pid in known and pid > 1:
        pid = known[pid][0]
        line.append(pid)
    return line


def _name_of(pid: int, known: dict[int, tuple[int, int]]) -> str:
    """By its own command, else its parent's: workers are counted with their server."""
    while pid in known and pid != os.getpid():
        try:
            command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b"").decode(errors="replace")
        except OSError:
            command = ""
        for part, name in _NAMES.items():
            if part in command:
                return name
        pid = known[pid][0]
    return "other"
