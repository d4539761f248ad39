"""Who stamped the time, in the name that people know it by."""

import re
from typing import Final

# The common name of a distinguished name (RFC 4514, section 2): a comma in it is escaped.
_COMMON_NAME: Final = re.compile(r"(?:^|[,+])CN=((?:\\.|[^,+\\])*)")


def authority_words(distinguished: str) -> str:
    """`CN=Authority\\, stamps,O=Example` is "Authority, stamps"; what has no common name stays as it is."""
    found = _COMMON_NAME.findall(distinguished)
    return re.sub(r"\\(.)", r"\1", found[0]) if found else distinguished
