"""The flow as people see it: joined from all stages, reads only.

`rows` a line for each sighting · `whole` everything about one · `standing` how many stand where · `choosing` which of
them · `contested` what waits for a decision · `health` what is stuck · `places` what the reporter sees · `finding`
where something leads that an official was given.
"""

from haetae.flow.overview.rows import PAGE_SIZE, Row, newest_rows
from haetae.flow.overview.whole import Detail, detail

__all__ = ["PAGE_SIZE", "Detail", "Row", "detail", "newest_rows"]
