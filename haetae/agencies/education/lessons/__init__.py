"""Lessons for six audiences as dated data, filled with the law and the telephone numbers of a day. Pure."""
