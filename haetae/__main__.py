"""`python -m haetae` is `haetae`."""

from haetae.cli import app

app()
