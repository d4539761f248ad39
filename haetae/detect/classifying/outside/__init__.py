"""Programs that an operator brings, in processes of their own. What they say is foreign and is checked."""
