"""The W3C's tests of the SPARQL 1.1 protocol and service description, against the endpoint as a person starts it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.serving import answers, eventually, free_port

SHARED = Path(__file__).parents[2] / "shared"
HARNESS = SHARED / "tools" / "protocol_harness.py"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not HARNESS.exists(), reason="needs ../shared beside the project"),
]


def test_the_endpoint_passes_the_protocol_tests(tmp_path: Path) -> None:
    data, report, port = tmp_path / "data.nq", tmp_path / "report.json", free_port()
    harness = [sys.executable, str(HARNESS)]
    subprocess.run([*harness, "--write-nquads", str(data)], check=True, capture_output=True)
    server = subprocess.Popen(
        [sys.executable, "-m", "hjemmel", "serve", "--data", str(data), "--port", str(port)],
        env={**os.environ, "HJEMMEL_HOME": str(tmp_path)},
        stderr=subprocess.DEVNULL,
    )
    try:
        address = f"http://127.0.0.1:{port}/sparql"
        assert eventually(lambda: answers(address, query="ASK {}"))
        told = subprocess.run(
            [*harness, "--url", address, "--manifest-dir", str(SHARED / "w3c-protocol"), "--json", str(report)],
            check=False,
            capture_output=True,
            text=True,
        )
    finally:
        server.terminate()
        server.wait(timeout=60)
    print(told.stdout[-500:])
    assert told.returncode == 0, told.stdout[-3000:]
    assert json.loads(report.read_text(encoding="utf-8"))
