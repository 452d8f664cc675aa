"""Letters and notices: what each may say, and to whom. They shape what leaves and decide nothing."""
