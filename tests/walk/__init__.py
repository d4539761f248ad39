"""Random walks through everything that can happen at one place, watched by somebody who knows only the procedure."""
