"""The connection doctor: why others cannot get in, or why one cannot get there, step by step."""
