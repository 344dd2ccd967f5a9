"""What must survive translation: entities, word lists, glossary, sentinels."""
