"""What was taught, when, how, to how many, with which lessons; and the certificate of a session."""
