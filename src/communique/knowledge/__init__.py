"""Who and what exists: tables as data files, and the lookups over them."""
