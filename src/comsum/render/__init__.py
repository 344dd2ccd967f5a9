"""Views of a Brief: one format a module. They know the Brief and nothing of how it is made."""
