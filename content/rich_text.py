"""What may be used where in rich text."""

# In the body of an item. Headings begin at h3, because the item's own heading is the h2 above them.
BODY_FEATURES = ["h3", "h4", "bold", "italic", "ol", "ul", "link", "document-link"]
SENTENCE_FEATURES = ["bold", "italic", "link", "document-link"]
PAGE_FEATURES = ["h2", *BODY_FEATURES]
