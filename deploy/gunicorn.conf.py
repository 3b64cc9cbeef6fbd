"""gunicorn's settings: `gunicorn --config deploy/gunicorn.conf.py board_site.wsgi`."""

import multiprocessing
import os

bind = os.environ.get("GUNICORN_BIND", "unix:/run/board/gunicorn.sock")
# Processes do the work; a few threads each bridge the waiting for the database. More threads slow Python down.
workers = int(os.environ.get("WEB_PROCESSES", max(2, multiprocessing.cpu_count())))
worker_class = "gthread"
threads = 4
timeout = 60
graceful_timeout = 30
# No max_requests: with threads it cuts off the requests that are running.
control_socket_disable = True
accesslog = None  # nginx keeps one, without readers' addresses.
errorlog = "-"
