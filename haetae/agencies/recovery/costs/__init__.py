"""What one piece of work costs: data of the ministry, with its day and its source. None is shipped."""
