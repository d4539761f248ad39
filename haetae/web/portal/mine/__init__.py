"""A person's own case: opened with eight words, read place by place, steered by nobody else."""
