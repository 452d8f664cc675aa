"""Where gunicorn and the `flask` command find the application."""

from asb_cases import create_app
from config import read_settings

app = create_app(read_settings())
