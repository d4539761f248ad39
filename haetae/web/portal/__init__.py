"""The portal: for a person in shock, and for everybody else. No account, and no script needed."""
