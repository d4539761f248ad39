"""Files that belong together: by a picture, an account, a channel or a watermark. Nobody is shown to another."""
