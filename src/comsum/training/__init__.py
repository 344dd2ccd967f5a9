"""How the bundled model is made; needs the extra `comsum[train]`."""
