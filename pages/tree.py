"""One lock around every write to the page tree.

The tree is stored as materialised paths: a move rewrites the paths of a whole branch, and a page object read before
that move would write its old path back. Measured on a stock site, publishing while others moved pages damaged the tree
in seven of seven runs. So tree writes wait for each other, and a page takes its place in the tree from the database,
not from memory, once it holds the lock.
"""

from contextlib import ExitStack, contextmanager

from django.db import OperationalError, connection, transaction

# Any number will do, as long as everything that writes to the tree asks for the same one.
TREE_LOCK_KEY = 7_031_996
# PostgreSQL's name for "waited longer than lock_timeout" (appendix A of its manual).
LOCK_NOT_AVAILABLE = "55P03"

TREE_COLUMNS = ("path", "depth", "numchild", "url_path")


class TreeBusy(OperationalError):
    """Somebody else has been writing to the page tree for as long as we are willing to wait. Nothing was done."""


@contextmanager
def tree_lock():
    """Hold the tree for the length of one transaction; waits until whoever holds it has finished.

    PostgreSQL: a transaction-level advisory lock, waited for as long as `lock_timeout` says. SQLite: the transaction is
    opened IMMEDIATE (see the settings), which is already exclusive among writers, waited for as long as `timeout` says.
    Raises TreeBusy after that. Nested use is free. Everything done inside is committed or undone together.

    Take it before writing anything else in the same transaction: who writes a row first and asks for the tree then can
    meet, on PostgreSQL, a holder of the tree who waits for that row.
    """
    with ExitStack() as stack:
        try:
            stack.enter_context(transaction.atomic())
            _ask_for_the_tree()
        except OperationalError as error:
            if _waited_too_long(error):
                raise TreeBusy("Others are writing to the page tree.") from error
            raise
        yield


def _ask_for_the_tree():
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # Asked again when nested: a lock first taken inside a savepoint goes when that is rolled back.
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TREE_LOCK_KEY])


def _waited_too_long(error) -> bool:
    if connection.vendor == "postgresql":
        # psycopg2 and psycopg 3 call it differently.
        return LOCK_NOT_AVAILABLE in (getattr(error.__cause__, name, "") for name in ("pgcode", "sqlstate"))
    return "locked" in str(error)


class TreeSafePage:
    """Mixin for the base page model: what writes to the tree holds the lock and looks up its place first."""

    # While a draft of this object is being saved, which saves the page, too.
    _has_its_place = False

    def find_place(self):
        """Take the tree columns from the database. Raises DoesNotExist when the page has been deleted meanwhile."""
        fresh = self.base_page_model.objects.values(*TREE_COLUMNS).get(pk=self.pk)
        for column, value in fresh.items():
            setattr(self, column, value)
        self.__dict__.pop("_cached_parent_obj", None)

    def before_saving(self, update_fields):
        """With the lock held, let subclasses see to what is saved; one transaction less than a `save` of theirs."""

    def before_saving_draft(self, overwrite_revision):
        """The same for a draft. Return the revision that it takes the place of, if any."""
        return overwrite_revision

    def save(self, *args, **kwargs):
        """Save the page; the place in the tree of an existing page is never written from memory."""
        if self._has_its_place:
            self.before_saving(kwargs.get("update_fields"))
            return super().save(*args, **kwargs)
        with tree_lock():
            self.before_saving(kwargs.get("update_fields"))
            # By its key: a page made from a revision is not "in the database" by Django's own marker.
            if self.pk is not None:
                self._keep_place(kwargs.get("update_fields") or ())
            return super().save(*args, **kwargs)

    def _keep_place(self, update_fields):
        """Look up the place; what the caller means to change of it (count of children, address) is kept or worked out.

        Wagtail sets the address of a page it has moved on the object, and the count of a page it has copied: the count
        only by `update_fields`.
        """
        intended = {column: getattr(self, column) for column in TREE_COLUMNS}
        self.find_place()
        if self.url_path != intended["url_path"]:
            self.set_url_path(self.get_parent())
        if "numchild" in update_fields:
            self.numchild = intended["numchild"]

    def save_revision(self, *args, overwrite_revision=None, **kwargs):
        """Save a draft; the newest revision and the one that the page names as its latest stay the same one."""
        with tree_lock():
            overwrite_revision = self.before_saving_draft(overwrite_revision)
            self._keep_place(())
            self._has_its_place = True
            try:
                return super().save_revision(*args, overwrite_revision=overwrite_revision, **kwargs)
            finally:
                self._has_its_place = False

    @classmethod
    def add_root(cls, **kwargs):
        """Add a page without a parent."""
        with tree_lock():
            return super().add_root(**kwargs)

    @classmethod
    def fix_tree(cls, *args, **kwargs):
        """Repair the tree, with nobody else writing to it."""
        with tree_lock():
            return super().fix_tree(*args, **kwargs)

    def add_child(self, **kwargs):
        """Add a page below this one."""
        with tree_lock():
            self.find_place()
            return super().add_child(**kwargs)

    def add_sibling(self, pos=None, **kwargs):
        """Add a page beside this one."""
        with tree_lock():
            self.find_place()
            return super().add_sibling(pos, **kwargs)

    def move(self, target, pos=None, user=None):
        """Move the page, with everything below it."""
        with tree_lock():
            self.find_place()
            target.find_place()
            return super().move(target, pos=pos, user=user)

    def copy(self, recursive=False, to=None, **kwargs):
        """Copy the page, whole or not at all."""
        with tree_lock():
            self.find_place()
            if to is not None:
                to.find_place()
            return super().copy(recursive, to, **kwargs)

    def create_alias(self, *, parent=None, **kwargs):
        """Make a page that follows this one, whole or not at all."""
        with tree_lock():
            self.find_place()
            if parent is not None:
                parent.find_place()
            return super().create_alias(parent=parent, **kwargs)

    def copy_for_translation(self, *args, **kwargs):
        """Copy the page into another language, whole or not at all."""
        with tree_lock():
            self.find_place()
            return super().copy_for_translation(*args, **kwargs)

    def delete(self, *args, **kwargs):
        """Delete the page and everything below it."""
        with tree_lock():
            self.find_place()
            return super().delete(*args, **kwargs)

    def publish(self, revision, *args, **kwargs):
        """Publish a revision: page, log entry and whatever listens, in one transaction.

        The revision is read again under the lock, because the page it carries may have moved since the caller read it.
        """
        with tree_lock():
            fresh = type(revision).objects.get(pk=revision.pk)
            return super().publish(fresh, *args, **kwargs)

    def unpublish(self, *args, **kwargs):
        """Take the page off the public site, in one transaction."""
        with tree_lock():
            self.find_place()
            return super().unpublish(*args, **kwargs)


WRITING = (
    "save", "save_revision", "add_child", "add_sibling", "move", "copy", "create_alias", "copy_for_translation",
    "delete", "publish", "unpublish",
)  # fmt: skip
for _name in WRITING:
    # Django and Wagtail mark their own methods so; a template must not be able to call ours either.
    getattr(TreeSafePage, _name).alters_data = True
