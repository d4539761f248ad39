"""What the state does around the flow. The rooms in here do not know each other."""
