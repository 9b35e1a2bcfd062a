"""Files between this computer and a room's door: `session.files.Carrier` over HTTP."""
