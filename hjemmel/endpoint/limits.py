"""What one request may take: the figures that the service description, the pages and the errors tell of."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit, as it is told."""

    name: str
    value: float
    unit: str
    nb: str
    en: str

    @property
    def text(self) -> str:
        """The figure with its unit.

        >>> Limit("query-size", 65536, "byte", "", "").text, Limit("deadline", 10.0, "s", "", "").text
        ('64 kB', '10 s')
        """
        if self.unit == "byte":
            size = int(self.value)
            return f"{size >> 20} MB" if size >= 1 << 20 else f"{size >> 10} kB"
        return f"{self.value:g} {self.unit}".strip()


DEADLINE = 10.0
SLICE = 0.3
"""Seconds within which a query counts as short. A longer one moves to the slow lane, and must find room there."""

LONGEST_QUERY = 64 << 10
LONGEST_BODY = 4 * LONGEST_QUERY  # a form writes one letter in up to three
DEEPEST = 100
MOST_PATTERNS = 1000
LARGEST_ANSWER = 64 << 20
ROOM = 256 << 20
"""Bytes of memory that one query may take beside the data."""

FAST, SLOW = 3, 2
WAITING = 32
"""Questions of one client that may wait; of all clients eight times as many."""

PATIENCE = 5.0
"""Seconds that a question waits for its turn before it is told to come back."""

BUDGET = 30.0
"""Seconds of the slow lane that a client may use; they come back at half a second for each second."""

CONNECTIONS = 64
"""Connections that one address may have open."""

MOST_CONNECTIONS = 500

READING = 10.0
"""Seconds within which a request must have arrived."""

SENDING = 60.0
"""Seconds for which an answer is held for a client that does not take it."""


def limits(deadline: float = DEADLINE) -> tuple[Limit, ...]:
    """Every limit that a client may meet."""
    return (
        Limit("deadline", deadline, "s", "lengste kjøretid for en spørring", "longest run of a query"),
        Limit("query-size", LONGEST_QUERY, "byte", "største spørring", "largest query"),
        Limit("nesting", DEEPEST, "", "dypeste nøsting av parenteser", "deepest nesting of brackets"),
        Limit("patterns", MOST_PATTERNS, "", "flest mønstre i en spørring", "most patterns in a query"),
        Limit("memory", ROOM, "byte", "minne til en spørring", "memory of a query"),
        Limit("answer-size", LARGEST_ANSWER, "byte", "største svar", "largest answer"),
        Limit(
            "long-queries",
            1,
            "",
            f"spørringer per klient som tar mer enn {SLICE:g} s, om gangen",
            f"queries per client that take more than {SLICE:g} s, at a time",
        ),
        Limit(
            "budget",
            BUDGET,
            "s",
            "samlet kjøretid i minuttet for en klients lange spørringer",
            "run of a client's long queries in a minute",
        ),
        Limit("waiting", WAITING, "", "spørringer per klient som kan vente", "queries of a client that may wait"),
    )
