"""Pages of the regulator: operators by what the record says of them, and orders to them."""
