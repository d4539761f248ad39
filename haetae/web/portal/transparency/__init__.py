"""What operators report, for everybody, beside our own numbers: no locator, and of ours nothing under five."""
