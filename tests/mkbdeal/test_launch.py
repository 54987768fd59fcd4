"""What `serve` does before the start: claims its place, closes its files, and lets somebody in."""

import io
import os
import resource
import socket
import subprocess
import sys

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError
from django.core.management.base import OutputWrapper

from mkbdeal import env
from mkbdeal.launch.children import Children
from mkbdeal.launch.closed import close_to_others
from mkbdeal.launch.locks import alone, port_lock
from mkbdeal.launch.preparation import ADMINISTRATOR, collect_static_files, create_first_administrator, step
from tests.mkbdeal.processes import wait_until
from tests.mkbdeal.test_env import PRODUCTION


@pytest.fixture
def ports():
    """Two that nobody listens on."""
    with socket.socket() as one, socket.socket() as two:
        for probe in (one, two):
            probe.bind(("127.0.0.1", 0))
        numbers = [one.getsockname()[1], two.getsockname()[1]]
    yield numbers
    for number in numbers:
        port_lock(number).unlink(missing_ok=True)


class TestAlone:
    @pytest.fixture
    def other(self, tmp_path, ports):
        """Another process that holds the first port and a data folder."""
        program = (
            "import sys; from pathlib import Path; from mkbdeal.launch.locks import alone\n"
            f"with alone({ports[0]}, Path({str(tmp_path / 'data')!r})):\n"
            "    print('holds', flush=True); sys.stdin.read()"
        )
        process = subprocess.Popen(
            [sys.executable, "-c", program], cwd=env.BASE_DIR, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert process.stdout.readline() == "holds\n"
        yield process
        process.kill()
        process.communicate()

    def test_the_same_port(self, other, ports, tmp_path):
        reason = rf"Port {ports[0]} is in use by another serve \(process {other.pid} .*data folder {tmp_path}/data\)"
        with pytest.raises(CommandError, match=reason), alone(ports[0], tmp_path / "other"):
            pass

    def test_the_same_data_folder(self, other, ports, tmp_path):
        reason = rf"The data folder .* is in use by another serve \(process {other.pid} on port {ports[0]}"
        with pytest.raises(CommandError, match=reason), alone(ports[1], tmp_path / "data"):
            pass

    def test_side_by_side(self, other, ports, tmp_path):
        with alone(ports[1], tmp_path / "other"):
            pass

    def test_free_again_however_it_ended(self, other, ports, tmp_path):
        other.kill()
        other.wait()
        with alone(ports[0], tmp_path / "data"):
            pass

    def test_a_link_in_its_place_is_not_followed(self, ports, tmp_path):
        port_lock(ports[0]).symlink_to(tmp_path / "elsewhere")
        with pytest.raises(CommandError, match="cannot be claimed"), alone(ports[0], tmp_path / "data"):
            pass
        assert not (tmp_path / "elsewhere").exists()


@pytest.fixture
def _umask():
    before = os.umask(0o022)
    yield
    os.umask(before)


def mode(path):
    return path.stat().st_mode & 0o777


@pytest.mark.usefixtures("_umask")
def test_what_is_written_is_closed_to_others(tmp_path):
    old, new, ledger, elsewhere = (tmp_path / name for name in ("old", "new", "erasures", "elsewhere"))
    (old / "deep").mkdir(parents=True)
    for file in (old / "deep" / "mail.log", ledger, elsewhere):
        file.touch()
    (old / "link").symlink_to(elsewhere)
    close_to_others([old, new], ledger, tmp_path / "not-there")
    (new / "fresh.log").touch()
    folders, files = (old, old / "deep", new), (old / "deep" / "mail.log", ledger, new / "fresh.log")
    assert {mode(folder) for folder in folders} == {0o700}
    assert {mode(file) for file in files} == {0o600}
    assert mode(elsewhere) == 0o644


@pytest.fixture
def _full_disk():
    """To a process that may write no larger files a disk is full halfway."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.usefixtures("_full_disk")
def test_a_full_disk_is_said_in_one_sentence_and_nothing_is_half_collected(tmp_path, settings):
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = {**settings.STORAGES}  # the storages are made anew, in that folder
    said = "Collecting the static files failed: File too large .below .*. Mend that and start again"
    with pytest.raises(CommandError, match=said), step(OutputWrapper(io.StringIO()), "Collecting the static files"):
        collect_static_files()
    assert not settings.STATIC_ROOT.exists()


@pytest.mark.django_db
class TestFirstAdministrator:
    @pytest.fixture
    def users(self):
        return get_user_model().objects

    def can_log_in(self, client, password):
        return (
            client.login(username=ADMINISTRATOR, password=password)
            and client.get("/account/tweede-stap/").status_code == 200
        )

    def test_made_once(self, client):
        assert self.can_log_in(client, create_first_administrator())
        assert create_first_administrator() is None

    @pytest.mark.parametrize("lost", [{"is_active": False}, {"is_programme_office": False}])
    def test_who_locked_himself_out_is_let_in_again(self, client, users, lost):
        first = create_first_administrator()
        users.filter(email=ADMINISTRATOR).update(name="Beheer van de regio", **lost)
        second = create_first_administrator()
        assert second != first
        assert self.can_log_in(client, second)
        assert users.get(email=ADMINISTRATOR).name == "Beheer van de regio"

    def test_a_colleague_who_left_does_not_count(self, users):
        users.create_superuser("oud@partner.example", "x", name="Oud", is_active=False)
        assert create_first_administrator()

    def test_a_colleague_who_is_there_suffices(self, users):
        users.create_superuser("nu@partner.example", "x", name="Nu")
        assert create_first_administrator() is None


@pytest.mark.parametrize("command", ["migrate", "serve"])
def test_a_database_that_is_away_is_said_in_one_sentence(command, tmp_path, ports):
    away = f"postgres://portal@127.0.0.1:{ports[0]}/portal"
    environment = {**PRODUCTION, "DATABASE_URL": away, "PORTAL_DATA": str(tmp_path), "PORT": str(ports[1])}
    result = subprocess.run(
        [sys.executable, "manage.py", command],
        cwd=env.BASE_DIR,
        env={"PATH": "/usr/bin:/bin", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1
    assert result.stderr.startswith("Error: the database cannot be used: ")
    assert result.stderr.count("\n") == 1


def test_stopping_leaves_it_to_each_child_to_end_its_own(tmp_path):
    """As Celery's worker does: told as well, its processes would drop a running task, and it would call them lost."""
    own = 'trap "touch told" TERM; touch ready; while :; do sleep 0.05; done'
    leader = f"sh -c '{own}' & trap 'sleep 0.3; exit' TERM; wait"
    children = Children(tmp_path, {})
    children.start("worker", ["sh", "-c", leader])
    assert wait_until((tmp_path / "ready").exists)
    children.stop()
    assert not (tmp_path / "told").exists()
    assert children.dead() == "worker"
