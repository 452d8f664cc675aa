"""Pages of figures: of any period, the rows behind each, and the partnership report."""
