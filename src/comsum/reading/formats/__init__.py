"""Files that are not plain text: what they are, told by their first bytes, and how each is read (one format a module).

Each reader takes bytes and returns an `Extract`; it runs in the process of `comsum.reading.workshop`, never in ours.
"""
