"""The main flow. The order of the stages is declared here, once; only next_step knows what follows what."""

STAGES = ("arrival", "assessment", "removal", "review", "verification")
