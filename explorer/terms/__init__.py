"""The admin's screens for what all content is sorted by: topics and audiences."""
