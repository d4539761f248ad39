"""The files of `deploy/` are of their form, and what they say is true (`make test-deploy`)."""
