"""Corrective orders: drafted by one, heard, issued by another, complied with or not as our own probes see it."""
