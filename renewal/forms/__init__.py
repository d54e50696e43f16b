"""What is asked, field by field: the forms that the journey fills in and the office reads."""
