"""Undercover operations of the police: applied for, decided by whom the law names, gated act by act, reported."""
