"""An authorised person looks at a published picture: for a reason, once, grey and blurred, and says what it is."""
