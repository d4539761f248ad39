"""The pages of watch lists: for those who detect, read by those who stand by people, and for nobody else."""
