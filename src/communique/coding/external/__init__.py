"""An external coder: a language model on a server that the user names, held to the same record (docs/external.md)."""
