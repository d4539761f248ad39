"""What the person agreed to, said by whom and how; papers are noted as seen and never kept."""
