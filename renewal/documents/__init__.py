"""What is handed out: the QR code of a receipt."""
