"""Keys with which an operator and we sign what passes between us (Standard Webhooks)."""
