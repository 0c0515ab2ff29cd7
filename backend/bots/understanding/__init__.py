"""What a line of text wants and which facts it states: pure, no database, no network."""
