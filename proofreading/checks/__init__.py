"""The checks, one module each: a function from what a draft says to the faults in it."""

from proofreading.checks.children import childs_details
from proofreading.checks.contacts import typed_contacts
from proofreading.checks.headings import skipped_levels
from proofreading.checks.links import links_that_say_nothing
from proofreading.checks.pictures import poor_descriptions
from proofreading.checks.short_forms import unexplained_short_forms

# A child's details first: they are the only fault that does harm. The rest in the order in which readers stumble.
CHECKS = (
    childs_details,
    skipped_levels,
    links_that_say_nothing,
    poor_descriptions,
    unexplained_short_forms,
    typed_contacts,
)
