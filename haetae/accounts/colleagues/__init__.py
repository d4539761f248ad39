"""Who sits at an operator: accounts that its own administrators give and end."""
