"""Everything of one case as files that open without us: for the person, for a lawyer, for the police. No picture."""

from haetae.web.portal.export.files import files_of

__all__ = ["files_of"]
