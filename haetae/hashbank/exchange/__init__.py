"""The exchange of lists with partners: what they are given, what they send, and the two wires of the field."""
