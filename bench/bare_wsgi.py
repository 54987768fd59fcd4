"""The entrance of bare.py: the portal's settings without its middleware and routes."""

import os
import sys

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

from mkbdeal import env

env.enter("web")
os.environ["DJANGO_SETTINGS_MODULE"] = "mkbdeal.settings"
django.setup(set_prefix=False)
settings.MIDDLEWARE = []  # after the setup: the login library looks for its own there
settings.ROOT_URLCONF = "bench.bare"
sys.setswitchinterval(0.0005)  # as the portal does
application = WSGIHandler()
