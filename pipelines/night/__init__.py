"""One night: what it was asked for, how it runs, what it leaves behind for the operator."""
