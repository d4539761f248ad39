"""The record of one place, handed out for a court: who took it, for which number, and why."""
