"""An adult's consent that material in which they are shown is handed on."""
