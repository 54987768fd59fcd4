"""A server that takes every connection and answers none: what hangs on it shows who waits for it, and how often."""

import socket
from contextlib import contextmanager, suppress


class SilentServer:
    """Connections wait in its queue until they are counted."""

    def __init__(self, listening):
        self._listening = listening
        self.port = listening.getsockname()[1]
        self.url = f"redis://127.0.0.1:{self.port}"

    def calls(self):
        """How many connected since it was last asked."""
        number = 0
        with suppress(BlockingIOError):
            while True:
                self._listening.accept()[0].close()
                number += 1
        return number


@contextmanager
def silent_server():
    """Until the end of the block."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        yield SilentServer(listening)
