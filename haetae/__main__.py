"""`python -m haetae` is `haetae`."""

from haetae.cli import main

main()
