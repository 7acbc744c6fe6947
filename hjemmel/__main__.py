"""`python -m hjemmel` is the command line."""

from hjemmel.cli import app

app()
