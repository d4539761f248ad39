"""An installation on several machines: each with a home, a key service and a network of its own, and one database."""
