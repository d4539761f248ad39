"""Everything that runs: the embedded database, the processes, and the lines they print."""
