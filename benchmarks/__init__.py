"""How much each page costs, as a ratio to its own floor in the same run: numbers that hold on any machine."""
