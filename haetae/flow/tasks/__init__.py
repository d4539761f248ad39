"""What the machine cannot settle becomes a task: an item with a reason that somebody takes and ends."""
