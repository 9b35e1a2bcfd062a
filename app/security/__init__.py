"""Who is who: keys, certificates, fingerprints, known rooms, invites, the TLS channel. No Qt."""
