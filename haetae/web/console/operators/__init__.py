"""Operators side by side, for officials."""
