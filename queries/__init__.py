"""What can be asked: the catalogue of questions, one `.rq` each; and a sentence answered by one of them."""

from queries.answer import Answer, answer, answer_to
from queries.query import Graph, Parameter, Query, QueryError, Row, catalogue
from queries.question import Reading, understand

__all__ = [
    "Answer",
    "Graph",
    "Parameter",
    "Query",
    "QueryError",
    "Reading",
    "Row",
    "answer",
    "answer_to",
    "catalogue",
    "understand",
]
