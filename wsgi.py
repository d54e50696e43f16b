"""What gunicorn and flask serve."""

from renewal.app import create_app

app = create_app()
