"""The pages of what a deletion cost: for the ministry's officials who charge it, and for nobody else."""
