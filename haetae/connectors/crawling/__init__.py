"""Looking over public pages that an authorised agency watches: politely, bounded, through the one safe door."""
