"""A file of the police: what an investigation is about, who works on it, and who opened it for which reason."""
