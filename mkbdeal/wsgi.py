"""What the web server imports. Refuses to start without servers (see env.enter)."""

import gc
import os
import sys

from django.core.wsgi import get_wsgi_application

from mkbdeal import env

env.enter("web")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mkbdeal.settings")
# A thread that comes back from the database waits this long for one that computes. At Python's own 5 ms those who hold
# the lock of an activity waited at every statement, and everybody who wanted it with them.
sys.setswitchinterval(0.0005)
application = get_wsgi_application()
# What is loaded by now stays until the end, so nobody looks again whether it can go; what requests leave behind in
# circles is looked for less often.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 50)
