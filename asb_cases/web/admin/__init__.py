"""Looking after accounts, teams and partner bodies; who may do what."""
