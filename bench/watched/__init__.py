"""A web of our own making for `python -m bench.monitor`: pages, pictures, a canary, and somebody who remembers."""
