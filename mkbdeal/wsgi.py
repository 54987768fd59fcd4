"""What the web server imports. Refuses to start without servers (see env.enter)."""

import os

from django.core.wsgi import get_wsgi_application

from mkbdeal import env

env.enter("web")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mkbdeal.settings")
application = get_wsgi_application()
