"""From a document to claims, statements and people: annotate, propose, judge, merge."""
