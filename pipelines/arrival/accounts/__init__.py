"""Who may sign in: accounts by invitation, their passwords, their sessions."""
