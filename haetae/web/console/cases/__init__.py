"""The counsellor's desk: the queue of cases, one case, a call that is taken in."""
