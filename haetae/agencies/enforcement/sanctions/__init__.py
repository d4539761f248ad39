"""Surcharges and administrative fines: proposed by one official, heard, decided by another, paid or contested."""
