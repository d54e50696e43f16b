"""What is handed out: QR codes, tables, and papers as PDF."""
