"""A process that reads a stranger's file locks itself in: memory, time, no network, no other program, no core dump."""

import ctypes
import platform
import struct
import sys
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

ALLOW, REFUSE, KILL = 0x7FFF0000, 0x00050001, 0x80000000  # what a filter answers; REFUSE is "not permitted"
LOAD, IF_EQUAL, IF_AT_LEAST, ANSWER = 0x20, 0x15, 0x35, 0x06
X32 = 0x40000000
"""Numbers from here on are a second door to the same calls on x86-64."""

# By machine: its name to the kernel, and the calls that reach the network, other programs or other processes: socket,
# socketpair, connect, bind, sendto, sendmsg, execve, execveat, ptrace, process_vm_writev, kill, io_uring_setup.
CALLS = {
    "x86_64": (0xC000003E, (41, 53, 42, 49, 44, 46, 59, 322, 101, 311, 62, 425)),
    "aarch64": (0xC00000B7, (198, 199, 203, 200, 206, 211, 221, 281, 117, 271, 129, 425)),
}
FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system", "ctypes.")


def confine(*, memory: int, seconds: int, written: int) -> None:
    """Lock this process in, for good: bytes of address space, seconds of processor time, bytes in any file it writes.

    What holds depends on the system. On Linux (x86-64, ARM64) the kernel enforces everything, also against code that
    has taken over the process. Elsewhere Python itself refuses sockets and programs, which binds honest code only; on
    Windows there is no limit of memory or processor time, and whoever started the process must stop it.
    """
    with suppress(ImportError):
        import resource

        for limit, value in (
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_CPU, seconds),
            (resource.RLIMIT_FSIZE, written),
            (resource.RLIMIT_AS, memory),
        ):
            # macOS knows the limit of address space but does not let it be set.
            with suppress(ValueError, OSError):
                resource.setrlimit(limit, (value, value))
    if sys.platform == "linux":
        _filter_calls()
    sys.addaudithook(_refuse)


def memory_taken() -> int:
    """The most memory this program has had at any time, in bytes; nothing where the system does not tell.

    Not by `getrusage`: what it gives is inherited from whoever started the program, however large that was.
    """
    with suppress(OSError, ValueError, StopIteration):
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
        return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) << 10
    return 0


def _filter_calls() -> None:
    """Have the kernel refuse the calls; a kernel built without such filters leaves the rest as it is."""
    if platform.machine() not in CALLS:
        return
    architecture, calls = CALLS[platform.machine()]
    refuse = len(calls) + 1
    program = [
        (LOAD, 0, 0, 4),
        (IF_EQUAL, 1, 0, architecture),
        (ANSWER, 0, 0, KILL),
        (LOAD, 0, 0, 0),
        (IF_AT_LEAST, refuse, 0, X32),
        *((IF_EQUAL, refuse - place, 0, call) for place, call in enumerate(calls, 1)),
        (ANSWER, 0, 0, ALLOW),
        (ANSWER, 0, 0, REFUSE),
    ]
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in program))
    header = ctypes.create_string_buffer(struct.pack("HP", len(program), ctypes.addressof(code)))
    control = ctypes.CDLL(None).prctl
    control(4, 0, 0, 0, 0)  # no other process may look into this one, and it leaves no core
    control(38, 1, 0, 0, 0)  # no new privileges, without which no filter may be set
    control(22, 2, header, 0, 0)


def _refuse(event: str, _: object) -> None:
    if event.startswith(FORBIDDEN):
        _forbid(event)


def _forbid(event: str) -> NoReturn:
    raise PermissionError(f"{event} is not allowed while a file is read")
