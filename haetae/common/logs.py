"""One line of JSON for each thing that went wrong. No addresses, no names, no content: ids and codes only."""

import logging
from typing import Any, Final

import structlog
from structlog.tracebacks import ExceptionDictTransformer
from structlog.typing import EventDict, WrappedLogger

LONGEST_TEXT: Final = 2_000


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
            _bounded,
            # ASCII alone: no sign that ends a line, turns it or colours it in whatever shows the log.
            structlog.processors.JSONRenderer(ensure_ascii=True),
        ]
    )


def use_lines() -> None:
    """From now on what is told with structlog in this process goes the same way as what Django tells."""
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
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


def _bounded(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """A job or a message of megabytes must not fill the disk with lines that repeat it at every try."""
    return {name: _cut(value) for name, value in event.items()}


def _cut(value: Any) -> Any:
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        return f"{value[:LONGEST_TEXT]} ... and {len(value) - LONGEST_TEXT} characters more"
    if isinstance(value, dict):
        return {name: _cut(one) for name, one in value.items()}
    return [_cut(one) for one in value] if isinstance(value, list) else value


class Failed(logging.Filter):
    """Lets only those lines through that carry an exception or are warnings."""

    def filter(self, record: logging.LogRecord) -> bool:
        return bool(record.exc_info) or record.levelno >= logging.WARNING
