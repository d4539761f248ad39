"""How often somebody may ask for something: counted once for all processes and machines, and forgotten soon."""
