"""The steps themselves. Which event leads to which of them stands in next_step alone."""
