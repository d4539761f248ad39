"""One line of JSON for each thing that went wrong. No addresses, no names, no content: ids and codes only."""

import logging

import structlog


def formatter() -> logging.Formatter:
    """For Django's LOGGING setting."""
    return structlog.stdlib.ProcessorFormatter(
        processors=[
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.dict_tracebacks,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ]
    )
