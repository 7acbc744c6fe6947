"""A request that cannot be answered, and what its sender is told (RFC 9457)."""

from http import HTTPStatus

from starlette.responses import JSONResponse, Response


class ProblemError(Exception):
    """The status, one sentence for whoever sent the request, and the name of the limit that it ran into, if any."""

    def __init__(self, status: int, detail: str, *, limit: str = "", **headers: str) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.limit = limit
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


def response(problem: ProblemError) -> Response:
    """The problem as problem+json."""
    content = {
        "type": "about:blank",
        "title": HTTPStatus(problem.status).phrase,
        "status": problem.status,
        "detail": problem.detail,
    }
    if problem.limit:
        content["limit"] = problem.limit
    return JSONResponse(content, problem.status, problem.headers, "application/problem+json")
