"""The register of people and bodies."""
