"""What a series cost the database, in numbers that a busy machine does not change. Needs Django to be ready."""

from django.db import connection

_JOBS = "SELECT last_value FROM procrastinate_jobs_id_seq"
_TRANSACTIONS = "SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = current_database()"
_JOURNAL = "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')"


def counts() -> dict[str, float]:
    """Jobs put into the queue, transactions ended, bytes of the journal so far; transactions up to a second late."""
    return {
        "jobs": _number(_JOBS),
        "transactions": _number(_TRANSACTIONS),
        "journal_bytes": _number(_JOURNAL),
    }


def _number(query: str) -> float:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return float(cursor.fetchone()[0])
