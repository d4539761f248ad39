"""From one agency to another: sent, accepted or returned, with a clock."""
