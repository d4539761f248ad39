"""Numbers for Prometheus: of the whole installation, whichever machine is asked, and nothing about anybody."""
