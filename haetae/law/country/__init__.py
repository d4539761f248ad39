"""What every country's law holds that an operator there must follow. Pure data, read from the packs."""
