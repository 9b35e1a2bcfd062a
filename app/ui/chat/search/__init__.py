"""Searching a room."""
