"""How the sum of a surcharge or an administrative fine is worked out: weights, classes, shares and terms of a pack."""
