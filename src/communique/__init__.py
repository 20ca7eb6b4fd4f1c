"""Communiqué reads news about defence diplomacy and keeps the record."""

__version__ = "0.1.0"
