"""The whole system, walked through on what was recorded in a trial: for whoever has five minutes."""
