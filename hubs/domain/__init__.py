"""What hubs decide: verbs in modules named by a noun. Knows neither requests nor Celery."""
