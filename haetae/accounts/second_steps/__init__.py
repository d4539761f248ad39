"""What an official has besides a password: a passkey, or an app with codes."""
