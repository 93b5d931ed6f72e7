"""What the sample's units sent, programme by programme."""
