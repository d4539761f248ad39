"""The side of operators: people at platforms, hosts and search engines, who answer what we ask."""
