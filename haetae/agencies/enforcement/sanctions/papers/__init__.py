"""The notice of a surcharge or a fine, and of what became of it after it was contested: documents, written by hand."""
