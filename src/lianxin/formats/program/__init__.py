"""What programs read: values of a document as JSON holds them, its rows as objects, its page as blocks; no look."""
