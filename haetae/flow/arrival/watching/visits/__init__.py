"""The places of watch lists that are due: handed out to one engine at a time, and what each visit showed."""
