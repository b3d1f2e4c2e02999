# `make help` lists what there is. Everything else is in tools/, in Python.
python = @sh tools/python.sh -m

.PHONY: help run torch test test-more test-webkit check schema bench bench-decoder bench-encoder bench-labelling bench-startup bench-workspace train-pocket clean

help:            ## this list
	@sed -n 's/^\([a-z-]*\): *## /make \1\t/p' $(MAKEFILE_LIST) | expand -t 22

run:             ## set up what is missing, then serve on http://127.0.0.1:8000 (PORT, DATA_DIR)
	$(python) tools.run

torch:           ## install what other segmenters, training and encoding on a GPU need (about 1 GB)
	$(python) tools.install_torch

test:            ## install what tests need, then run them all
	$(python) tools.test

test-more:       ## tests that need the shared data sets or torch (MASKWRIGHT_SHARED_DATA)
	$(python) tools.test more

test-webkit:     ## install Debian's WebKit, Safari's engine, and make a mask in it
	$(python) tools.test webkit

check:           ## format, lint, types, import contracts, schema snapshot
	$(python) tools.check

schema:          ## write the OpenAPI snapshot and the TypeScript types anew
	$(python) tools.schema

bench:           ## all benchmarks that need no photos of yours
	$(python) tools.bench decoder encoder startup workspace

bench-decoder:   ## click to mask in Chromium
	$(python) tools.bench decoder

bench-encoder:   ## images a second that the encoders of published segmenters embed
	$(python) tools.bench encoder

bench-labelling: ## photos labelled as an annotator would: seconds and IoU of each mask (MASKWRIGHT_SHARED_DATA)
	$(python) tools.bench labelling

bench-startup:   ## first start, later start, memory at rest
	$(python) tools.bench startup

bench-workspace: ## 2,000 masks, 108 megapixels: frames a second, opening, memory, RLE
	$(python) tools.bench workspace

train-pocket:    ## train the bundled segmenter (docs/pocket.md; ARGS="--minutes 60 --resume")
	$(python) tools.train $(ARGS)

clean:           ## remove what was installed and built; your data stays
	rm -rf .venv static build .cache frontend/node_modules .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
