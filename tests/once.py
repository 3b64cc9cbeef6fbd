"""Rows that many tests begin with are made once, and stay while the next test asks for the same.

Publishing a page takes a hundred statements; reading it again takes one. So what a fixture made by `once` makes lies in
a savepoint of its own, below that of the test. What a test changes is undone after it, as always, and before each test
those layers go that it does not ask for: it finds exactly the rows that its fixtures make, in whatever order tests run.
"""

from collections.abc import Callable
from contextlib import suppress
from inspect import Parameter, Signature, signature

import pytest
from django.core.cache import caches
from django.db import transaction
from django.db.models import Model
from django.test import TransactionTestCase

_makers: dict[object, Callable] = {}


def once(make: Callable):
    """Return a fixture of the rows that a function makes: `home = once(add_home)`, or as a decorator.

    Each test is given the object as it reads from the database then. What the function needs are fixtures, of this
    kind too. For rows alone: a file would be looked for in the folder of another test.
    """
    needs = _needs(make)

    def read(request, db, **given):
        return _read_again(layers.made[make]) if make in layers.made else make(**given)

    names = ["request", "db", *needs]
    read.__signature__ = Signature([Parameter(name, Parameter.POSITIONAL_OR_KEYWORD) for name in names])
    fixture = pytest.fixture(read)
    _makers[fixture] = make
    return fixture


class Layers:
    """The savepoints that hold at present, from the lowest up, each with what was made in it."""

    def __init__(self):
        self.made: dict[Callable, Model] = {}
        self._savepoints: list[transaction.Atomic] = []

    def hold(self, wanted: dict[Callable, list[Callable]]):
        """Take off the layers that are not wanted, and make those that are missing: {function: what it is given}."""
        kept = 0
        while kept < len(self.made) and list(self.made)[kept] in wanted:
            kept += 1
        self.drop(kept)
        for make, given in wanted.items():
            if make not in self.made:
                self._add(make, given)

    def _add(self, make: Callable, given: list[Callable]):
        for cache in caches.all(initialized_only=True):
            cache.clear()
        savepoint = transaction.atomic()
        savepoint.__enter__()
        self._savepoints.append(savepoint)
        self.made[make] = None
        try:
            self.made[make] = make(*(_read_again(self.made[need]) for need in given))
        except BaseException:
            self.drop(len(self.made) - 1)
            raise

    def drop(self, kept: int = 0):
        """Undo all layers but the lowest ones."""
        while len(self.made) > kept:
            self.made.popitem()
            transaction.set_rollback(True)
            self._savepoints.pop().__exit__(None, None, None)


layers = Layers()


def hold_layers(request, blocker):
    """Hold the layers that a test asks for, before its own transaction begins; none for a test that commits."""
    wanted: dict[Callable, list[Callable]] = {}
    if not _commits(request.node):
        for name in request.fixturenames:
            _want(name, request.module, wanted)
    with blocker.unblock():
        layers.hold(wanted)


def drop_layers(blocker):
    """Leave the database as it was before the first layer."""
    if layers.made:
        with blocker.unblock():
            layers.drop()


def _commits(item) -> bool:
    """Tell whether a test has transactions of its own, as Django's classes of tests have too."""
    marker = item.get_closest_marker("django_db")
    by_fixture = {"live_server", "transactional_db"} & set(getattr(item, "fixturenames", ()))
    by_class = getattr(item, "cls", None) and issubclass(item.cls, TransactionTestCase)
    return bool(by_fixture or by_class or (marker and marker.kwargs.get("transaction")))


def _want(name: str, module, wanted: dict) -> Callable | None:
    """Note the function behind a fixture of the module after what it needs; None for another kind of fixture."""
    make = None
    with suppress(TypeError):  # A name that fixtures share with something else of the module.
        make = _makers.get(getattr(module, name, None))
    if make is not None and make not in wanted:
        given = [_want(need, module, wanted) for need in _needs(make)]
        wanted[make] = given
    return make


def _needs(make: Callable) -> list[str]:
    parameters = signature(make).parameters.values()
    return [each.name for each in parameters if each.default is Parameter.empty and each.kind is not each.VAR_KEYWORD]


def _read_again(made: Model) -> Model:
    return type(made)._base_manager.get(pk=made.pk)
