"""What every room stands on: the clock, ids, keys, sealed fields, jobs, the safe door out."""
