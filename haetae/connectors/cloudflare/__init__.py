"""Cloudflare's intake for intimate imagery without consent, filed as the agency and never as a person."""
