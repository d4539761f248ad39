"""An authority asked for something about a place of a case: the person is told, and the authority learns nothing."""
