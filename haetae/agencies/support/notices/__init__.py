"""A mail that betrays nothing, for whoever asks for one: that there is something new on a page that they know."""
