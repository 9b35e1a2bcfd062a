"""Colours, type, icons and avatars: the only place that knows what Papo looks like."""
