"""The production server, gunicorn, run by ``shanhai serve``: which address it listens at, and how it begins and ends."""

import errno
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
from gunicorn.app.base import BaseApplication

from shanhai.ledger.errors import NotPossible

DEFAULT_PORT = 8000
_TRIES = 100
"""So many ports from the usual one on are tried."""


class Serving(msgspec.Struct, frozen=True):
    """How the application is served.

    Attributes:
        threads: requests that a process answers at the same time.
        workers: processes.
    """

    threads: int = 8
    workers: int = 1


def listening(host: str, port: int | None) -> socket.socket:
    """A socket that listens at an address.

    Args:
        host: the address, or a name that means one.
        port: the port; where None, the first free one from the usual one on; where 0, any free one.

    Raises:
        NotPossible: the port is taken, or the address is none of this machine.
    """
    wanted = [port] if port is not None else range(DEFAULT_PORT, DEFAULT_PORT + _TRIES)
    for one in wanted:
        try:
            return _bound(host, one)
        except PermissionError as error:
            raise NotPossible(
                f"没有权限使用端口 {one}。请用 --port 另选 1024 以上的端口。",
                f"Port {one} may not be used. Choose one above 1024 with --port.",
            ) from error
        except socket.gaierror as error:
            raise _no_address(host) from error
        except OSError as error:
            if error.errno == _NOT_HERE:
                raise _no_address(host) from error
    raise NotPossible(
        f"端口 {wanted[0]} 已被占用。请停止占用它的程序，或用 --port 另选；不写 --port 则自动选一个空闲端口。",
        f"Port {wanted[0]} is taken. Stop what uses it, or choose another with --port; without --port a free one is found.",
    )


def address_of(opened: socket.socket) -> str:
    """The address that a browser on this machine takes."""
    host, port = opened.getsockname()[:2]
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{shown}:{port}/"


def serve(
    opened: socket.socket, serving: Serving, *, ready: Callable[[], None], ended: Callable[[], None]
) -> None:
    """Answer requests until a signal ends it; Ctrl-C is one.

    Args:
        opened: the socket, which is handed over.
        serving: how.
        ready: called when requests can come.
        ended: called when all has ended.
    """
    opened.set_inheritable(True)
    options = {
        "bind": f"fd://{opened.detach()}",
        "workers": serving.workers,
        "worker_class": "gthread",
        "threads": serving.threads,
        "limit_request_line": 8190,  # above what ``web.readable`` takes: it answers in words
        "timeout": 120,
        "graceful_timeout": 10,  # a process that is told to end while it begins may miss it, and is killed after this
        "loglevel": "warning",
        "worker_tmp_dir": "/dev/shm" if Path("/dev/shm").is_dir() else None,
        "control_socket_disable": True,
        "when_ready": lambda server: ready(),
        "on_exit": lambda server: ended(),
    }
    _Application(options).run()


class _Application(BaseApplication):  # type: ignore[misc]
    """Our application with options given in code; nothing of gunicorn's own command line or files is read."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        """Set the options."""
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> object:
        """The application, loaded in each process."""
        from shanhai.web.wsgi import application

        return application


_NOT_HERE = errno.EADDRNOTAVAIL
"""The address is of another machine."""


def _bound(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(
        host.strip("[]"), port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    opened = socket.socket(family, kind, protocol)
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind(address)
        opened.listen(128)
    except OSError:
        opened.close()
        raise
    return opened


def _no_address(host: str) -> NotPossible:
    return NotPossible(
        f"“{host}”不是本机的地址。请用 --host 另选；只在本机使用时不必写。",
        f"“{host}” is no address of this machine. Choose another with --host; for use on this machine alone leave it out.",
    )
