"""How long somebody is signed in."""
