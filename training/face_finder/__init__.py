"""A small finder of faces, taught by the given boxes on photographs and on backgrounds without anybody."""
