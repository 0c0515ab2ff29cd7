"""What tests share: real services, real processes, builders."""
