"""Forms of the licence library's desk."""
