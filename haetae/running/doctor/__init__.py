"""`haetae doctor`: everything that the one on duty needs to know at three in the morning, on one page.

Each part finds out by itself and depends on no other, so that it answers also while the database or the keys are away.
"""
