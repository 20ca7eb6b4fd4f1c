"""What many documents say together: claims -> events -> deals, agreements, contradictions, dyads.

Pure logic over frozen records; it knows no SQL and no pages.
"""
