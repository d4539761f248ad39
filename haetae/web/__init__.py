"""How people come in: the portal for everybody, the console for officials. Nothing is decided here."""
