"""Files that come by mail: the same way in as an upload."""
