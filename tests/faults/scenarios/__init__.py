"""The fifteen scenarios, one module each; see tests.faults.scenario."""
