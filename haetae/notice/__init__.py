"""The notice: the one document with which an operator is asked, whatever way it is reached. Pure, no Django."""
