"""What the whole costs when a million places have been found: pages, queries, steps, and memory over an hour."""
