"""What the regulator does about an operator: its record, orders, sanctions, filings and designation."""
