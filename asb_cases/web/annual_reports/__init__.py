"""`/reports/partnership/<year>/build`: the yearly report as it is written, approved and signed."""
