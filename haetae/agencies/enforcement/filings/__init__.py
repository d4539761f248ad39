"""What operators file: how large they are by date and source, and their yearly reports, checked and published."""
