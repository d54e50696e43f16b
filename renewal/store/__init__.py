"""The database: the only queries. Personal data is sealed before it gets to a row."""
