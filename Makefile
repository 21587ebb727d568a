# Each of these works on a fresh machine that has only Rust and Node.js, and is quick the second time.
.DEFAULT_GOAL := help
.PHONY: help run test check screens bench fuzz soak package clean

help: ## What can be made
	@sed -n 's/^\([a-z]*\): ## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 18

run: ## Build Evergrant and open its window
	@scripts/run.sh

test: ## Run every test: rules, parts, and the real program in a real window
	@scripts/test.sh

check: ## Format, lints, types, licences, boundaries: what a reviewer should not have to look for
	@scripts/check.sh

screens: ## Take the pictures of the README from the real window
	@scripts/screens.sh

bench: ## Measure start, memory, the way back from the browser, and how programs are served
	@scripts/bench.sh

fuzz: ## Send the parts that take bytes from outside whatever breaks them
	@scripts/fuzz.sh

soak: ## Kill the agent a thousand times, and see whether every promise holds
	@scripts/soak.sh
	@scripts/day.sh

package: ## Build a .deb to install
	@scripts/package.sh

clean: ## Remove what was built here
	@rm -rf target ui/dist ui/node_modules tests/e2e/node_modules test-results gen
