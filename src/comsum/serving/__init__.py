"""The long-lived mode, `comsum serve`: one loaded model behind a socket, for editors and scripts."""
