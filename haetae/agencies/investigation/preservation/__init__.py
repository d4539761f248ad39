"""Platforms asked to keep data: approved by a prosecutor, or at once and approved after. It never acquires anything."""
