"""The chat window, the same for whoever hosts and whoever joins."""
