"""A signed word that a report was received: anybody can check it, and it says nothing of whose it is."""
