"""The demonstration: invented people in a real-looking Oxford, made through the same acts that officers use."""
