"""The subcommands of ``thidua``, one file each: arguments in, exit codes out."""
