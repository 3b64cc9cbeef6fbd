"""What staff see of messages and deliveries, and what they do about them."""
