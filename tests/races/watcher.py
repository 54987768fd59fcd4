"""Looks at an activity all the time while others race. No test lives here."""

import threading

from django.db import connection


class Watcher:
    """Looks all the time: capacity, the counter and the seats that are held, in one snapshot."""

    QUERY = """
        SELECT capacity, taken, (
            SELECT coalesce(sum(seats), 0) FROM signups_signup
             WHERE activity_id = a.id AND state IN ('requested', 'offered', 'confirmed'))
          FROM hubs_activity a WHERE id = %s
    """

    def __init__(self, activity):
        self.activity, self.seen = activity, []
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._over.set()
        self._thread.join()

    def _look(self):
        with connection.cursor() as cursor:
            while not self._over.wait(0.005):
                cursor.execute(self.QUERY, [self.activity.pk])
                self.seen.append(cursor.fetchone())
        connection.close()
