"""What a member typed, as plain data that the timeline lays out: no markup, nothing loaded."""
