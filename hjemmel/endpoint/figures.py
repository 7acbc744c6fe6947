"""What the server tells of itself: figures for whoever watches over it, and a line of log for each request.

Neither holds what was asked, and an address is cut to its network.
"""

import json
import logging
import sys
from collections import Counter, defaultdict
from datetime import UTC, datetime
from ipaddress import ip_address, ip_network

LOG = logging.getLogger("hjemmel.access")
STEPS = (0.05, 0.2, 1.0, 5.0)


class Figures:
    """Requests by address, status and time."""

    def __init__(self) -> None:
        self.requests: Counter[tuple[str, int]] = Counter()
        self.within: Counter[tuple[str, float]] = Counter()
        self.seconds: dict[str, float] = defaultdict(float)

    def count(self, name: str, method: str, status: int, seconds: float, host: str) -> None:
        """Take note of a request that has been answered."""
        self.requests[name, status] += 1
        self.seconds[name] += seconds
        for step in STEPS:
            self.within[name, step] += seconds <= step
        facts = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "client": network(host),
            "method": method if method.isalpha() and len(method) < 10 else "?",
            "address": name,
            "status": status,
            "ms": round(seconds * 1000),
        }
        LOG.info("%s", json.dumps(facts))

    def text(self, **gauges: float) -> str:
        """All of it, as Prometheus reads it."""
        lines = ["# TYPE hjemmel_requests_total counter"]
        lines += [
            f'hjemmel_requests_total{{address="{name}",status="{status}"}} {count}'
            for (name, status), count in sorted(self.requests.items())
        ]
        lines.append("# TYPE hjemmel_request_seconds histogram")
        for name in sorted({name for name, _ in self.requests}):
            count = sum(number for (of, _), number in self.requests.items() if of == name)
            lines += [
                f'hjemmel_request_seconds_bucket{{address="{name}",le="{step:g}"}} {self.within[name, step]}'
                for step in STEPS
            ]
            lines += [
                f'hjemmel_request_seconds_bucket{{address="{name}",le="+Inf"}} {count}',
                f'hjemmel_request_seconds_sum{{address="{name}"}} {self.seconds[name]:.3f}',
                f'hjemmel_request_seconds_count{{address="{name}"}} {count}',
            ]
        for name, value in gauges.items():
            lines += [f"# TYPE hjemmel_{name} gauge", f"hjemmel_{name} {value:g}"]
        return "\n".join(lines) + "\n"


def log_requests() -> None:
    """Write a line of JSON for each request to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    LOG.addHandler(handler)
    LOG.setLevel(logging.INFO)
    LOG.propagate = False


def network(host: str) -> str:
    """The network of an address, which is all that is written down.

    >>> network("192.0.2.77"), network("2001:db8:1:2::3"), network("testclient")
    ('192.0.2.0/24', '2001:db8:1::/48', '')
    """
    try:
        return str(ip_network((host, 24 if ip_address(host).version == 4 else 48), strict=False))
    except ValueError:
        return ""
