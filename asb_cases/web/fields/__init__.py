"""Form fields that print the design system's markup and say in plain English what is wrong. web/forms.py offers them."""
