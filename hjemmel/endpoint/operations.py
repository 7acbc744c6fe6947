"""For whoever runs the server: is it well, and what has it done."""

import asyncio
from ipaddress import ip_address
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from hjemmel.endpoint.engine import Question
from hjemmel.endpoint.figures import Figures
from hjemmel.endpoint.pool import Pool
from hjemmel.endpoint.problem import ProblemError

PATIENT = 5.0
ROWS = "application/sparql-results+json"
FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip")


async def health(pool: Pool) -> Response:
    """Whether a question is answered."""
    question = Question("ASK { }", {"boolean": ROWS, "rows": None, "statements": None})
    try:
        async with asyncio.timeout(PATIENT):
            (await pool.answer(question, "health")).body.close()
    except Exception as error:
        return JSONResponse({"status": "down", "reason": str(error) or type(error).__name__}, 503)
    source = pool.source()
    return JSONResponse({"status": "ok", "source": source.name if isinstance(source, Path) else await pool.state()})


async def metrics(pool: Pool, figures: Figures, request: Request) -> Response:
    """The figures, to this machine only; what a proxy passes on comes from elsewhere."""
    if not _near(request):
        raise ProblemError(404, "There is nothing here at this address.")
    gauges = {"running": pool.lanes.running, "waiting": pool.lanes.waiting, "engine_starts": pool.started}
    return PlainTextResponse(figures.text(**gauges), media_type="text/plain; version=0.0.4")


def _near(request: Request) -> bool:
    try:
        local = request.client is not None and ip_address(request.client.host).is_loopback
    except ValueError:
        local = False
    return local and not any(name in request.headers for name in FORWARDED)
