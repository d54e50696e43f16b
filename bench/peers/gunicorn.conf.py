"""One worker for a peer, with threads as ours has them."""

import os

bind = f"127.0.0.1:{os.environ['PORT']}"
workers = 1
worker_class = "gthread"
threads = 8
keepalive = 75
preload_app = False
control_socket_disable = True
