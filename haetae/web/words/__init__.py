"""What codes are called in the reader's language. An unknown code is shown as it is."""
