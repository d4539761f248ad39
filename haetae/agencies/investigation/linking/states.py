"""By what two files can belong together. Pure."""

from enum import StrEnum


class Kind(StrEnum):
    """What an officer types into a file. Pictures are compared by the hashes that examinations left."""

    ACCOUNT = "account"  # of a named service
    CHANNEL = "channel"  # an invitation to an open channel
    WATERMARK = "watermark"  # a text that stands in the picture


class By(StrEnum):
    """What two files share."""

    PICTURE = "picture"
    ACCOUNT = "account"
    CHANNEL = "channel"
    WATERMARK = "watermark"
