"""What can go wrong in the story. Light to import."""


class StoryError(Exception):
    """Something in the story did not come about as it should."""


class UnusablePictureError(Exception):
    """The given picture cannot play its part; the text says why."""


class UnknownScenarioError(Exception):
    """Asked for by a name that no scenario has."""
