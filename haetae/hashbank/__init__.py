"""What is already known: hashes of pictures that somebody vouches for."""
