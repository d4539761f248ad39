"""Investigation under court control: files, authorisations, evidence, official requests, and what follows from them.

haetae gates and records. It makes no persona, no message and no purchase, and no role passes a gate.
"""
