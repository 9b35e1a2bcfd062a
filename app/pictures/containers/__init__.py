"""The parts of which picture files are made, read without decoding: what is the picture, what is not."""
