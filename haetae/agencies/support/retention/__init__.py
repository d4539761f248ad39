"""How long what belongs to a case is kept, and who may forbid that it is destroyed."""
