"""What persons do with their phones: each act changes the world and tells the backend."""
