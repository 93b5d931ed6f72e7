"""Files checked before they are sent in, each in a fenced process that has no network."""
