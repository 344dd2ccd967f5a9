"""French text: cleaning, language, segments, and the form the model sees."""
