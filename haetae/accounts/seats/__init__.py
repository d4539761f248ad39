"""Who sits where in an agency: given, ended and handed over by the administrator of that agency."""
