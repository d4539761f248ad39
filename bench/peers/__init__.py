"""What others hash with: in an environment of its own (`make peers`), asked through a pipe."""
