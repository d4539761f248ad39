"""Keys with which an operator's system asks ours, made and ended by the operator itself."""
