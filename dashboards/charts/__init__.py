"""Charts as plain Plotly figures (dicts); colours are tokens of ``dashboards.theme``."""
