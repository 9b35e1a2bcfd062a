"""The bar at the top of a room and the panels that hang under it."""
