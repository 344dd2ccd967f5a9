"""Bytes and files to text; the only part of comsum that reads releases."""
