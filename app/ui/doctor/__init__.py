"""The connection doctor, as a person sees it."""
