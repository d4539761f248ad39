"""Documents that an agency issues: what they say, as HTML and as PDF. They know no database and no page."""

from haetae.documents.html import render_html
from haetae.documents.pdf import CannotPrintError, render_pdf

__all__ = ["CannotPrintError", "render_html", "render_pdf"]
