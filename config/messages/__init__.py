"""Every text for customers and staff, and how facts are put into it."""
