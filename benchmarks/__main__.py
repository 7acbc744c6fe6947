"""`python -m benchmarks`: every figure that the README gives, measured again."""

import subprocess
import sys
from pathlib import Path

from benchmarks import peers, questions, speed

ROOT = Path(__file__).parents[1]


def gold() -> int:
    """Precision and recall against tests/gold, printed by the tests that hold them to their floors."""
    command = [sys.executable, "-m", "pytest", "-m", "gold", "-q", "-s", "--no-header", "tests"]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    speed.table()
    questions.table()
    promised = peers.main([])
    sys.exit(gold() or promised)
