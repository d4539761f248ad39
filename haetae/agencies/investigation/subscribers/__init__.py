"""Requests to platforms for data about accounts: drafted by one officer, signed by another, answered or refused."""
