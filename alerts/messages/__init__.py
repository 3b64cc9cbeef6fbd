"""What is told: a message for each update and withdrawal, whom it goes to, the digests, and the words."""
