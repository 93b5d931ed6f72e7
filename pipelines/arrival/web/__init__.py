"""The pages of ``thidua serve``."""
