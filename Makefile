# The verbs of this repository; the README's two commands are scripts/demo and scripts/test.
PREFIX ?= /usr/local
DESTDIR ?=
STATIC ?=
PAIRS ?= 5

.PHONY: build check bench sanitize coverage docs install uninstall clean

build:
	swift build -c release

check:
	scripts/test

bench: build
	Benchmarks/kernels
	Benchmarks/compare --pairs $(PAIRS)

# Address and thread sanitizers over the whole suite; slow, so not part of check.
sanitize:
	ASAN_OPTIONS=detect_leaks=0 swift test --disable-xctest --sanitize address --scratch-path .build/address
	swift test --disable-xctest --sanitize thread --scratch-path .build/thread \
	  --filter 'LiveTests|JournalTests|NumericsTests'

coverage:
	swift test --disable-xctest --enable-code-coverage --scratch-path .build/coverage
	scripts/coverage .build/coverage

# Rewrites Documentation/COMMANDS.md from the programs' own flag tables.
docs: build
	scripts/docs

install:
	PREFIX="$(PREFIX)" DESTDIR="$(DESTDIR)" STATIC="$(STATIC)" scripts/install

# Takes away what install put there, and nothing else.
uninstall:
	cd -- "$(DESTDIR)$(PREFIX)" && rm -f bin/auspex share/bash-completion/completions/auspex \
	  share/zsh/site-functions/_auspex share/fish/vendor_completions.d/auspex.fish && \
	  rm -rf libexec/auspex share/auspex

clean:
	rm -rf .build
