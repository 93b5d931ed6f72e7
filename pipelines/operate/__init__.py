"""What the operator asks of a home: status, doctor, backup, differences."""
