"""One row for each change of state: the record, the outbox and the source of statistics in one, sealed in a log."""
