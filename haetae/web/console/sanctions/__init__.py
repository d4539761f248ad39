"""Surcharges and administrative fines as officials of the regulator propose, hear, decide, serve and conclude them."""
