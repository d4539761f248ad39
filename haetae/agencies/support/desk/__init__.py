"""The counsellor's desk: who opens a case and why, who has it, and what they put right."""
