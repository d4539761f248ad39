"""A Matrix homeserver (Synapse): pictures in rooms that anybody may join or read, and nothing else of it."""
