"""One line of JSON for each thing that went wrong. No addresses, no names, no content: ids and codes only."""

import logging

import structlog
from structlog.tracebacks import ExceptionDictTransformer


def formatter() -> logging.Formatter:
    """For Django's LOGGING setting."""
    return structlog.stdlib.ProcessorFormatter(
        processors=[
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            # Without local variables: they may hold what nobody may read in a log.
            structlog.processors.ExceptionRenderer(ExceptionDictTransformer(show_locals=False)),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ]
    )


class Failed(logging.Filter):
    """Lets only those lines through that carry an exception or are warnings."""

    def filter(self, record: logging.LogRecord) -> bool:
        return bool(record.exc_info) or record.levelno >= logging.WARNING
