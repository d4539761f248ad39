"""A public page of somebody who has not registered: it can be read, but nobody can be asked."""
