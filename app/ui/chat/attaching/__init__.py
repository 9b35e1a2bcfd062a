"""What is chosen to be sent: files, folders, pictures, from the moment of choosing until it is sent."""
