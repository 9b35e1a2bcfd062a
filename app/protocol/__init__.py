"""What travels between a member and a host: frames, messages, states, limits. Sans-IO."""
