"""Any system that takes signed messages at an address of its own (Standard Webhooks), and answers at our door."""
