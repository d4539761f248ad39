"""Designating an intermediary that provides harmful content to minors: proposed by one, signed by another."""
