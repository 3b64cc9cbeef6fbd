# The two that matter: `make run` and `make test`. `make` alone lists them all.
# PORT=8001 serves elsewhere; PYTHON=python3.12 chooses an interpreter.

.DEFAULT_GOAL := help
.PHONY: help run install test bench backup password format lock drill-publish drill-alerts assets words pictures library

help: ## Say what there is
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## /make \1\t/' | expand -t 22

run: ## Serve the site on this machine, with demonstration content the first time
	@sh scripts/start.sh run

install: ## Set everything up without starting anything, for running and testing offline later
	@sh scripts/start.sh install

test: ## Everything that can be checked here: lint, floors, migrations, settings, tests, browser
	@sh scripts/start.sh test

bench: ## Measure queries, time and bytes of the demonstration site and of very large ones; mails a second
	@sh scripts/start.sh bench

backup: ## Copy database and uploads into var/backups while the site runs
	@sh scripts/start.sh manage backup

password: ## Set a new password for the staff account of the demonstration site
	@sh scripts/start.sh manage changepassword office@board.example

drill-publish: ## Kill scheduled publishing 50 times and disturb the page tree for a minute; print what was lost
	@sh scripts/start.sh python -m tests.drills.publish

drill-alerts: ## Kill what sends alerts 50 times, take mail server and database away; print what was lost or doubled
	@sh scripts/start.sh python -m tests.drills.alerts

format: ## Put the code into its usual form
	@sh scripts/start.sh python -m ruff format .
	@sh scripts/start.sh python -m ruff check --fix .

lock: ## Write the locked requirements again from requirements*.in
	@sh scripts/start.sh python scripts/lock.py

assets: ## Build static/ from frontend/ (needs Node; only to change the look)
	npm ci --ignore-scripts --no-audit --no-fund
	npm run build

words: ## Write the lists of ordinary words and names again (needs Node; only to change them)
	npm ci --ignore-scripts --no-audit --no-fund
	@sh scripts/start.sh python scripts/make_word_lists.py

pictures: ## Take the pictures of docs/ again (needs a Chromium)
	@sh scripts/start.sh python scripts/take_pictures.py

library: ## Write the files of the demonstration library again (needs WeasyPrint; only to change their words)
	@sh scripts/start.sh python -m scripts.make_library_files
