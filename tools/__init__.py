"""Small linters of our own. They read the source and never start Django."""
