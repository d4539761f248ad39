"""Whoever the law names decides: the approver, the prosecutor, the court. Never somebody of the file."""
