"""A process that does a stranger's work locks itself in: memory, time, no network, no other program, no core dump."""

import ctypes
import platform
import signal
import socket
import struct
import sys
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

ALLOW, REFUSE, KILL = 0x7FFF0000, 0x00050001, 0x80000000  # what a filter answers; REFUSE is "not permitted"
LOAD, IF_EQUAL, IF_AT_LEAST, IF_ANY, ANSWER = 0x20, 0x15, 0x35, 0x45, 0x06
X32 = 0x40000000
"""Numbers from here on are a second door to the same calls on x86-64."""

CHANGING = 0o3 | 0o100 | 0o1000
"""What an opened file may be opened for besides reading: O_WRONLY or O_RDWR, O_CREAT, O_TRUNC."""


@dataclass(frozen=True, slots=True)
class Machine:
    """A kind of processor to the kernel: its name, and the numbers of calls.

    `reaching` are those that reach the network, other programs or other processes: socket, socketpair, connect, bind,
    sendto, sendmsg, execve, execveat, ptrace, process_vm_writev, kill, io_uring_setup. `changing` are those that change
    files: truncate, rename, unlink, mkdir, link, chmod, chown, mknod in all their forms, creat and openat2. `opening`
    open a file, with the place of their flags. `multiplying` are fork, vfork, clone and clone3.
    """

    name: int
    reaching: tuple[int, ...]
    changing: tuple[int, ...]
    opening: tuple[tuple[int, int], ...]
    multiplying: tuple[int, ...]


MACHINES = {
    "x86_64": Machine(
        0xC000003E,
        (41, 53, 42, 49, 44, 46, 59, 322, 101, 311, 62, 425),
        (76, 77, *range(82, 89), *range(90, 95), 133, *range(258, 261), *range(263, 267), 268, 316, 437),
        ((2, 24), (257, 32)),
        (56, 57, 58, 435),
    ),
    "aarch64": Machine(
        0xC00000B7,
        (198, 199, 203, 200, 206, 211, 221, 281, 117, 271, 129, 425),
        (*range(33, 39), 45, 46, *range(52, 56), 276, 437),
        ((56, 32),),
        (220, 435),
    ),
}
FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system", "ctypes.")


def confine(*, memory: int, seconds: int, written: int) -> None:
    """Lock this process in, for good: bytes of address space, seconds of processor time, bytes in any file it writes.

    What holds depends on the system. On Linux (x86-64, ARM64) the kernel enforces everything, also against code that
    has taken over the process. Elsewhere Python itself refuses sockets and programs, which binds honest code only; on
    Windows there is no limit of memory or processor time, and whoever started the process must stop it.
    """
    _limit(RLIMIT_CORE=0, RLIMIT_CPU=seconds, RLIMIT_FSIZE=written, RLIMIT_AS=memory)
    if machine := _machine():
        _filter_calls(machine, machine.reaching)
    sys.addaudithook(_refuse)


def confine_to_reading() -> bool:
    """Lock this process and its children in, for good: no network, no other program, and no file is changed.

    Whether the kernel enforces it, which is tried and not assumed. Only then may strangers be let in.
    """
    _limit(RLIMIT_CORE=0, RLIMIT_FSIZE=0)
    if machine := _machine():
        _filter_calls(machine, (*machine.reaching, *machine.changing), machine.opening)
    try:
        with socket.socket(socket.AF_INET):
            return False
    except PermissionError:
        return True


def confine_further(*, memory: int, seconds: int) -> None:
    """Lock in a child of such a process: so many bytes more than it was born with, so many seconds, no children.

    It dies with its parent.
    """
    _limit(RLIMIT_CPU=seconds)
    if machine := _machine():
        _limit(RLIMIT_AS=_address_space() + memory)
        _control()(1, int(signal.SIGKILL), 0, 0, 0)
        _filter_calls(machine, machine.multiplying)


def memory_taken() -> int:
    """The most memory this program has had at any time, in bytes; nothing where the system does not tell.

    Not by `getrusage`: what it gives is inherited from whoever started the program, however large that was.
    """
    with suppress(OSError, ValueError, StopIteration):
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
        return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) << 10
    return 0


def _limit(**limits: int) -> None:
    with suppress(ImportError):
        import resource

        for name, value in limits.items():
            # macOS knows the limit of address space but does not let it be set.
            with suppress(ValueError, OSError):
                resource.setrlimit(getattr(resource, name), (value, value))


def _machine() -> Machine | None:
    """The kind of machine we are on, if its kernel's filters are known here."""
    return MACHINES.get(platform.machine()) if sys.platform == "linux" else None


def _address_space() -> int:
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * 4096


@cache
def _control() -> Any:
    return ctypes.CDLL(None).prctl


def _filter_calls(machine: Machine, refused: tuple[int, ...], opening: tuple[tuple[int, int], ...] = ()) -> None:
    """Have the kernel refuse the calls, and any opening of a file for more than reading.

    A kernel built without such filters leaves the rest as it is.
    """
    checks = [(IF_AT_LEAST, True, 0, X32)]
    for call, flags in opening:
        checks += [(IF_EQUAL, False, 3, call), (LOAD, False, 0, flags), (IF_ANY, True, 0, CHANGING)]
        checks += [(ANSWER, False, 0, ALLOW)]
    checks += [(IF_EQUAL, True, 0, call) for call in refused]
    program = [
        (LOAD, 0, 0, 4),
        (IF_EQUAL, 1, 0, machine.name),
        (ANSWER, 0, 0, KILL),
        (LOAD, 0, 0, 0),
        # The last step refuses; a jump says how many steps lie between.
        *(
            (code, (len(checks) - place) if refuses else 0, otherwise, value)
            for place, (code, refuses, otherwise, value) in enumerate(checks)
        ),
        (ANSWER, 0, 0, ALLOW),
        (ANSWER, 0, 0, REFUSE),
    ]
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in program))
    header = ctypes.create_string_buffer(struct.pack("HP", len(program), ctypes.addressof(code)))
    control = _control()
    control(4, 0, 0, 0, 0)  # no other process may look into this one, and it leaves no core
    control(38, 1, 0, 0, 0)  # no new privileges, without which no filter may be set
    control(22, 2, header, 0, 0)


def _refuse(event: str, _: object) -> None:
    if event.startswith(FORBIDDEN):
        _forbid(event)


def _forbid(event: str) -> NoReturn:
    raise PermissionError(f"{event} is not allowed while a file is read")


if __name__ == "__main__":  # tried in a process of its own, since it is for good
    sys.exit(0 if confine_to_reading() else 1)
