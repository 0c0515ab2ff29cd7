"""From the platform into the backend: envelopes, tries, replies and receipts."""
