"""How a caller and its reader speak: two lengths, or a kind and a length, and then the bytes. Pure."""

import struct
from typing import Final

HEAD: Final = struct.Struct(">II")
READ, REFUSED = 1, 2
# How a reader that greets lives: with a network and files, or without.
APART, TOGETHER = "apart", "together"

LONGEST_PAGE_BYTES: Final = 10 * 1_048_576
LONGEST_ASK_BYTES: Final = 1_048_576
LONGEST_ANSWER_BYTES: Final = 16 * 1_048_576
# The tree of a page takes some twenty times its bytes, of an ill-meant one seventy.
MEMORY_BYTES: Final = 1_073_741_824
CPU_S: Final = 5  # for one page; ten megabytes of plain links take under one
WALL_S: Final = 15.0
START_S: Final = 20.0
