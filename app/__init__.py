"""Papo: a chat room on your own computer."""

__version__ = "0.1.0"
