"""The pages of teaching: for whoever works for an institution, and for the ministry that checks it."""
