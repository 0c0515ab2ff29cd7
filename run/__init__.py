"""`make run`: starts the whole service on one machine and keeps it running until Ctrl-C."""
