"""The processes of a haetae that have a part in asking operators, with a database server of their own."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bench import processor
from bench.scratch import database_in_scratch, postmaster
from haetae.running.installation import Installation
from haetae.running.supervisor import Supervisor

# As `haetae run` starts them.
_PROCESSES = ("worker", "worker-2", "sealer", "timekeeper")


@dataclass(frozen=True, kw_only=True)
class Running:
    """The processes, to be asked what they used."""

    supervisor: Supervisor
    installation: Installation

    def used_s(self) -> dict[str, float]:
        """Processor seconds by process, the database included."""
        names = self.supervisor.restarts()
        ids = {name: self.supervisor.process_id(name) for name in names}
        return processor.used_s(ids | {"postgres": postmaster(self.installation)})

    def restarts(self) -> dict[str, int]:
        """How often each process had to be started again, where it had."""
        return {name: count for name, count in self.supervisor.restarts().items() if count}


@contextmanager
def processes_in_scratch() -> Iterator[Running]:
    """Real ones, in a folder and with a database server of their own; Django is ready inside."""
    with database_in_scratch() as here, Supervisor(logs=here.home / "logs") as supervisor:
        from haetae.running.whole import with_keys_served  # noqa: PLC0415 - Django is ready only now

        environment = with_keys_served(here, supervisor).environment()
        for name in _PROCESSES:
            supervisor.start(name, "-m", "haetae", name.partition("-")[0], environment=environment)
        yield Running(supervisor=supervisor, installation=here)
