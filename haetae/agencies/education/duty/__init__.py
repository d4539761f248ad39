"""Staff must tell the police of what they learn about somebody under 19; here it stands that they did."""
