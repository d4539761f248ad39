"""What a deletion cost, charged to whoever did it: worked out from the record, drafted by one, signed by another.

Only the ministry that the law names does this. It reads places by their numbers, the work that was done there, and
nobody's case.
"""
