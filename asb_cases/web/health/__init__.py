"""Signs of life for load balancers and service managers."""
