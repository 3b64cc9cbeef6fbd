"""How Django and Wagtail write times where a template does not say it: as everywhere on this site, 14:30.

Django's own for British English say "2:30 p.m.". What is not here stays as theirs.
"""

TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j M Y, H:i"
SHORT_DATETIME_FORMAT = "d/m/Y H:i"
