"""延续注册 from any phone browser. CONTRIBUTING.md shows the services."""
