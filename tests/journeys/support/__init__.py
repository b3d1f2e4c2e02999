"""What the journeys walk with: the product's process tree, a browser, and the page in words."""
