"""Second looks: a share of what was decided is judged again by somebody who does not know that it was.

Which ones that are is drawn by the log itself, from a head that is signed after the decisions: whoever decides cannot
know it, and whoever has the log can draw again (docs/log.md, "Which decisions were looked at again").
"""
