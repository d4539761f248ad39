"""What one operator was asked, said and did over a time, counted from the record, each figure with its evidence."""
