"""The duty officer's night: requests by shift, and the notices in force."""
