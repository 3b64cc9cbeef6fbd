"""Hand over: a word of the glossary that changes begins a new generation of stored pages."""

from content.models import GlossaryTerm
from pages.caching import forget_when_changed

forget_when_changed(GlossaryTerm)
