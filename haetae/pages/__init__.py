"""What a page of the web holds: pictures, links, invitations, and which of an agency's phrases. Bytes in, finds out.

A page is written by a stranger and read by a parser in C, so that it is read in a child process with little memory,
little time and no system call but the few it needs. read.py and what it imports run there; readers.py bounds them.
"""

from haetae.pages.facts import Asked, Found, FoundLink, Picture, Reading, UnreadableError
from haetae.pages.readers import Readers

__all__ = ["Asked", "Found", "FoundLink", "Picture", "Readers", "Reading", "UnreadableError"]
