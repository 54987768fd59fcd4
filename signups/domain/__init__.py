"""What may happen to a sign-up, one noun a file. Knows no requests and no Celery; `now` is an argument."""
