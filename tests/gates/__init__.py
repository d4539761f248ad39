"""Random ways through an undercover operation, watched by somebody who knows only the law."""
