"""Hosts and CDNs by XARF, the format in which their abuse desks take reports by machine."""
