"""The one way in for an operator's answer, whatever door it came through."""
