"""What becomes of a mail after it was taken: mailboxes that do not exist, and people who complain."""
