"""Looking over public pages that somebody authorised put on a watch list: politely, bounded, through the one safe door."""
