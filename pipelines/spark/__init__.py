"""The same models on Apache Spark (docs/scale.md); only what runs on it imports this room."""

import warnings

# Spark tells everybody of a pandas it does not know yet; nothing here uses pandas.
warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
