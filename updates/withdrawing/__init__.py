"""Taking a page back: published in error, consolidated into another page, or withdrawn and kept under a notice."""
