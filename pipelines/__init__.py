"""Nightly pipeline of the thi đua – khen thưởng warehouse; docs/architecture.md shows the rooms."""
