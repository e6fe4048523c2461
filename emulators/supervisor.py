"""Runs one program and lets nothing of it outlive it: `python supervisor.py program [argument …]`.

Linux: whatever the program started is ended when it ends, in whatever way, also what has left its session;
and the program is ended when this process is. Elsewhere only a signal is passed on.
"""

import ctypes
import os
import signal
import sys
from pathlib import Path

LINUX = sys.platform == "linux"
PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36
# Less than the 10 s after which whoever started this process kills it.
END_LIMIT_S = 8


def main(arguments: list[str]) -> int:
    if LINUX:
        prctl(PR_SET_CHILD_SUBREAPER, 1)
    supervisor = os.getpid()
    program = os.fork()
    if program == 0:
        execute(arguments, supervisor)
    pass_on_signals(program)
    status = outcome(program)
    if LINUX:
        end_descendants()
    code = os.waitstatus_to_exitcode(status)
    return code if code >= 0 else 128 - code


def execute(arguments: list[str], supervisor: int) -> None:
    if LINUX:
        prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != supervisor:
            os._exit(1)
    try:
        os.execvp(arguments[0], arguments)
    except OSError as error:
        print(f"{arguments[0]} could not be run: {error}", file=sys.stderr)
        os._exit(127)


def pass_on_signals(program: int) -> None:
    def end(*_) -> None:
        os.kill(program, signal.SIGTERM)
        # A stopped process takes its SIGTERM only when it goes on.
        os.kill(program, signal.SIGCONT)
        signal.alarm(END_LIMIT_S)

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    signal.signal(signal.SIGALRM, lambda *_: os.kill(program, signal.SIGKILL))


def outcome(program: int) -> int:
    """Orphans of the program become children of this process, and are waited for here too."""
    while True:
        pid, status = os.wait()
        if pid == program:
            return status


def end_descendants() -> None:
    """Children of a process that ends become ours: killed layer by layer until there is none."""
    while True:
        for child in children():
            os.kill(child, signal.SIGKILL)
        try:
            os.wait()
        except ChildProcessError:
            return


def children() -> list[int]:
    return [int(folder.name) for folder in Path("/proc").glob("[0-9]*") if parent(folder) == os.getpid()]


def parent(folder: Path) -> int:
    """0 for a process that is gone. Its name, between the brackets, may hold anything."""
    try:
        return int((folder / "stat").read_text(errors="replace").rpartition(")")[2].split()[1])
    except OSError:
        return 0


def prctl(option: int, value: int) -> None:
    ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
