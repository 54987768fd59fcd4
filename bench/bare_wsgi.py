"""The entrance of bare.py: the portal's settings without its middleware and routes."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from mkbdeal import env

env.enter("web")
os.environ["DJANGO_SETTINGS_MODULE"] = "mkbdeal.settings"
settings.MIDDLEWARE = []
settings.ROOT_URLCONF = "bench.bare"
application = get_wsgi_application()
