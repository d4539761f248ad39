"""Models from a hub, by name and pinned. Only a person's command comes here; no server fetches anything by itself."""
