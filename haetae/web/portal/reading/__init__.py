"""What a person can read on the portal: whom to call, what happens next, rights, the law. Nothing is asked or kept."""
