"""What content does with several rows or files at once; knows no requests and no Celery."""
