"""`haetae ...`: one module for each command. What a command needs is imported when it is called."""

import sys

import typer

from haetae.cli.backup import backup
from haetae.cli.bank import bank
from haetae.cli.booth import booth
from haetae.cli.case import case
from haetae.cli.doctor import doctor
from haetae.cli.enforcement import worksheet
from haetae.cli.evaluate import evaluate
from haetae.cli.evidence import evidence
from haetae.cli.exchange import exchange
from haetae.cli.export_log import export_log
from haetae.cli.fetch import fetch
from haetae.cli.health import health
from haetae.cli.jobs import jobs
from haetae.cli.key import key
from haetae.cli.keys import keys
from haetae.cli.law import law
from haetae.cli.metrics import metrics
from haetae.cli.models import models
from haetae.cli.models_get import get
from haetae.cli.models_measure import measure
from haetae.cli.operator import operator
from haetae.cli.operator_serves import operator_serves
from haetae.cli.operators import check
from haetae.cli.processes import looker, matcher, sealer, timekeeper, watcher, web, worker
from haetae.cli.restore import restore
from haetae.cli.review import review
from haetae.cli.run import run
from haetae.cli.scan import scan
from haetae.cli.setup import setup
from haetae.cli.sign_in import sign_in
from haetae.cli.statements import statements
from haetae.cli.statistics import statistics
from haetae.cli.verify_log import verify_log
from haetae.cli.watch import watch

app = typer.Typer(
    name="haetae",
    help="From a reported picture to its proven removal.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(setup)
app.command()(run)
app.command()(scan)
app.command()(fetch)
app.command()(evaluate)
app.command("verify-log")(verify_log)
app.command("export-log")(export_log)
app.command("sign-in")(sign_in)
app.command()(operator)
app.command("operator-serves")(operator_serves)
app.command()(key)
app.command()(booth)
app.add_typer(keys, name="keys")
app.command()(web)
app.command()(worker)
app.command()(sealer)
app.command()(timekeeper)
app.command()(matcher)
app.command()(looker)
app.command()(watcher)
app.command()(restore)
app.add_typer(backup, name="backup")
app.command()(metrics)
app.command()(health)
app.command()(doctor)
app.add_typer(bank, name="bank")
models.command()(get)
models.command()(measure)
app.add_typer(models, name="models")
app.add_typer(exchange, name="exchange")
app.add_typer(case, name="case")
app.add_typer(jobs, name="jobs")
app.add_typer(evidence, name="evidence")
app.add_typer(law, name="law")
app.add_typer(review, name="review")
app.add_typer(watch, name="watch")
app.add_typer(statistics, name="statistics")
operators = typer.Typer(help="All registered operators at once.", no_args_is_help=True)
operators.command()(check)
operators.command()(statements)
app.add_typer(operators, name="operators")
enforcement = typer.Typer(help="What operators owe.", no_args_is_help=True)
enforcement.command()(worksheet)
app.add_typer(enforcement, name="enforcement")


def main() -> None:
    """The command line. What is missing outside is one sentence and exit 2, never a page of code."""
    from haetae.running.errors import CannotStartError

    try:
        app()
    except CannotStartError as problem:
        typer.echo(str(problem), err=True)
        sys.exit(2)
