"""The whole flow, played by the right cast against the sandbox platform, and taped for the pages that tell it.

`python -m bench.story --out haetae/story/recording` makes the recording that is committed.
"""
