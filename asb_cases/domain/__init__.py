"""The rules: the law and the practice, in plain Python. Facts in, findings out; no framework, no clock, no database."""
