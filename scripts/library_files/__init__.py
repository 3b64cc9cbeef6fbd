"""One writer for each format of the demonstration library. Each is given a paper and returns the bytes of a file."""
