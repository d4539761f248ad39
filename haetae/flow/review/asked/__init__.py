"""A state body asks the commission to decide, and the law gives the commission a time for it."""
