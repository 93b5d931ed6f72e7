"""Tests of what a clerk is told before sending."""
