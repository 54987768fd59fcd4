"""Registers the composition root as a Django app: its commands and template tags."""

from django.apps import AppConfig

from mkbdeal.celery import app as celery_app

__all__ = ["MkbdealConfig", "celery_app"]  # importing the app here makes it the one that shared tasks belong to


class MkbdealConfig(AppConfig):
    """The composition root."""

    name = "mkbdeal"
