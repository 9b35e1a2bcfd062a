"""Small widgets that everything else is put together from."""
