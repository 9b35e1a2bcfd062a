"""Files and pictures within the rows of the timeline."""
