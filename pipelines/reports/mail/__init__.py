"""Mails, and their delivery."""
