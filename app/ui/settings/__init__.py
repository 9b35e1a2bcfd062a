"""The settings: what they are, the page that shows them, and what is kept on this computer."""
