"""Files of a case: the list, taking them in, the page of one, and its bytes."""
