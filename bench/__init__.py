"""What the product is measured on, and the measuring."""
