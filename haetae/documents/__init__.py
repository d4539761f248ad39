"""Documents that an agency issues: what they say, as HTML and as PDF. They know no database and no page."""
