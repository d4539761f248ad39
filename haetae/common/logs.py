"""One line of JSON for each thing that went wrong. No addresses, no names, no content: ids and codes only."""

import logging

import structlog
from structlog.tracebacks import ExceptionDictTransformer
from structlog.typing import EventDict, WrappedLogger


def formatter() -> logging.Formatter:
    """For Django's LOGGING setting."""
    return structlog.stdlib.ProcessorFormatter(
        processors=[
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _route_instead_of_address,
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            # Without local variables: they may hold what nobody may read in a log.
            structlog.processors.ExceptionRenderer(ExceptionDictTransformer(show_locals=False)),
            # ASCII alone: no sign that ends a line, turns it or colours it in whatever shows the log.
            structlog.processors.JSONRenderer(ensure_ascii=True),
        ]
    )


def _route_instead_of_address(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Django ends its line about a refused request with the address, and ours hold hashes and sign-in secrets."""
    request = getattr(event["_record"], "request", None)
    address = getattr(request, "path", "")
    if address:
        match = getattr(request, "resolver_match", None)
        route = f"/{match.route}" if match is not None else "(no route)"
        for written in (address, address.encode("unicode_escape").decode("ascii")):
            if event["event"].endswith(written):
                event["event"] = event["event"].removesuffix(written) + route
                break
    return event


class Failed(logging.Filter):
    """Lets only those lines through that carry an exception or are warnings."""

    def filter(self, record: logging.LogRecord) -> bool:
        return bool(record.exc_info) or record.levelno >= logging.WARNING
