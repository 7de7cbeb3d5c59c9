# supabase-promote. The targets for people: make, demo, test, test-deep, lint, bench, fuzz, image, format, clean; and
# for a release those of release/release.sh.
#
# Two builds of the same sources: release (musl, static, from the libraries of deps/) and debug
# (glibc, Debian's -dev packages, ASan and UBSan) for tests, fuzzing and analysis.

VERSION := 0.1.0
PYTHON  := /usr/bin/python3
BUILD   := build
RELEASE := $(BUILD)/release

.DEFAULT_GOAL := release
# one short line a command; V=1 shows the commands themselves
say = $(if $(V),,@echo '  $(1)' &&)
.DELETE_ON_ERROR:
include deps/deps.mk

SRCS := entrypoint.c $(sort $(wildcard src/*.c src/*/*.c))
HDRS := $(sort $(wildcard src/*.h src/*/*.h src/*/*.def))
INCS := -Isrc -I$(BUILD)

# make SUPABASE_CA=file.pem: the roots that verify Supabase's hosts, if deps/supabase-ca.txt pins them.
SUPABASE_CA ?=
ROOTS := $(BUILD)/supabase-ca.inc
$(ROOTS): always
	@mkdir -p $(@D) && deps/supabase-ca.sh $(SUPABASE_CA) >$@.new
	@cmp -s $@.new $@ && rm $@.new || mv $@.new $@
always: ;
$(foreach v,release debug plain fuzz,$(BUILD)/$(v)/obj/src/api/supabase_roots.o): $(ROOTS)
.PHONY: always

# What a compiler does not know is left out; asked once, when it is first needed.
WANT := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wcast-qual -Wformat=2 \
	-Wstrict-prototypes -Wold-style-definition -Wmissing-prototypes -Wmissing-variable-declarations \
	-Wredundant-decls -Wwrite-strings -Wpointer-arith -Wvla -Wundef -Wswitch-enum -Wimplicit-fallthrough
knows = $(shell echo 'extern int x;' | $(GLIBC_CC) -Werror $(1) -fsyntax-only -x c - 2>/dev/null && echo $(1))
WARN  = $(eval WARN := $(foreach w,$(WANT),$(call knows,$(w))))$(WARN)
COMMON := -std=c11 -DPROMOTE_VERSION='"$(VERSION)"' -DPROMOTE_ROOTS='"$(notdir $(ROOTS))"' $(INCS) $(if $(DEVELOPER),-Werror)

# ---- release ------------------------------------------------------------------------------------
RELEASE_OBJS := $(SRCS:%.c=$(RELEASE)/obj/%.o) $(DEPS_PORT_SRCS:%.c=$(RELEASE)/obj/%.o)
RELEASE_BIN  := $(RELEASE)/supabase-promote
RELEASE_WARN := -Wall -Wextra -Wshadow

release: $(RELEASE_BIN)
$(RELEASE)/obj/%.o: %.c Makefile $(DEPS_STAMP)
	@mkdir -p $(@D)
	$(call say,$@) $(DEPS_CC) -O2 $(DEPS_CFLAGS) $(COMMON) $(DEPS_VERSION_DEFS) $(RELEASE_WARN) -MMD -MP -c $< -o $@
$(RELEASE_BIN): $(RELEASE_OBJS)
	$(call say,$@) $(DEPS_CC) -O2 $(DEPS_CFLAGS) $(RELEASE_OBJS) $(DEPS_LDFLAGS) $(DEPS_LIBS) -s -o $@

# ---- with glibc: debug has the sanitizers; plain has none, for valgrind, which cannot run them -------
GLIBC_CC    ?= gcc
GLIBC_PKGS  := libpq libcjson libssl libcrypto libcurl libgit2 yaml-0.1
GLIBC_FLAGS  = -g $(COMMON) $(filter-out -DDEPS_MUSL%,$(DEPS_VERSION_DEFS)) $(DEPS_GLIBC_CFLAGS) $(PKG_CFLAGS)
GLIBC_LIBS   = $(DEPS_GLIBC_PGQUERY) $(PKG_LIBS) -lpthread
PKG_CFLAGS   = $(eval PKG_CFLAGS := $(shell pkg-config --cflags $(GLIBC_PKGS)))$(PKG_CFLAGS)
PKG_LIBS     = $(eval PKG_LIBS := $(shell pkg-config --libs $(GLIBC_PKGS)))$(PKG_LIBS)
SANITIZE    := -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=undefined
UNIT_SRCS   := $(sort $(wildcard tests/unit/*_test.c))

# $(call variant,NAME,FLAGS): the program, and unit tests: one program a file, over all objects but main's
define variant
$(BUILD)/$(1)/obj/%.o: %.c Makefile $$(DEPS_GLIBC_STAMP)
	@mkdir -p $$(@D)
	$$(call say,$$@) $$(GLIBC_CC) -O1 $(2) $$(GLIBC_FLAGS) $$(WARN) -MMD -MP -c $$< -o $$@
$(BUILD)/$(1)/supabase-promote: $(SRCS:%.c=$(BUILD)/$(1)/obj/%.o)
	$$(call say,$$@) $$(GLIBC_CC) $(2) $$^ $$(GLIBC_LIBS) -o $$@
$(BUILD)/$(1)/unit/%: tests/unit/%.c $(wildcard tests/unit/*.h) $(patsubst %.c,$(BUILD)/$(1)/obj/%.o,$(filter-out entrypoint.c,$(SRCS)))
	@mkdir -p $$(@D)
	$$(call say,$$@) $$(GLIBC_CC) -O1 $(2) $$(GLIBC_FLAGS) $$(WARN) $$(filter %_test.c %.o,$$^) $$(GLIBC_LIBS) -lcmocka -o $$@
$(1): $(BUILD)/$(1)/supabase-promote
$(1)-unit: $(UNIT_SRCS:tests/unit/%.c=$(BUILD)/$(1)/unit/%)
.PHONY: $(1) $(1)-unit
-include $(SRCS:%.c=$(BUILD)/$(1)/obj/%.d)
endef
$(eval $(call variant,debug,$(SANITIZE)))
$(eval $(call variant,plain,))

# ---- fuzzers (libFuzzer) ---------------------------------------------------------------------------
FUZZ      := $(BUILD)/fuzz
FUZZ_CC   ?= clang
FUZZ_SECS ?= 600
FUZZ_SRCS := $(sort $(wildcard tests/fuzz/fuzz_*.c))
FUZZ_BINS := $(FUZZ_SRCS:tests/fuzz/%.c=$(FUZZ)/%)
FUZZ_FLAGS = -O1 -fsanitize=address,undefined -fno-sanitize-recover=undefined $(GLIBC_FLAGS)
FUZZ_OBJS := $(patsubst %.c,$(FUZZ)/obj/%.o,$(filter-out entrypoint.c,$(SRCS)))
$(FUZZ)/obj/%.o: %.c Makefile $(DEPS_GLIBC_STAMP)
	@mkdir -p $(@D)
	$(call say,$@) $(FUZZ_CC) -fsanitize=fuzzer-no-link $(FUZZ_FLAGS) -MMD -MP -c $< -o $@
$(FUZZ)/fuzz_%: tests/fuzz/fuzz_%.c $(wildcard tests/fuzz/*.h tests/unit/*.h) $(FUZZ_OBJS)
	$(call say,$@) $(FUZZ_CC) -fsanitize=fuzzer $(FUZZ_FLAGS) $(filter %.c %.o,$^) $(GLIBC_LIBS) $(LEAD) -o $@
$(FUZZ)/fuzz_supabase: LEAD = -Wl,--wrap=http_send,--wrap=http_send_all
fuzzers: $(FUZZ_BINS)
fuzz: setup
	@$(MAKE) $(PARALLEL) fuzzers
	FUZZ_SECS=$(FUZZ_SECS) tests/fuzz/run.sh $(FUZZ)

# ---- the targets for people -------------------------------------------------------------------------
setup:
	@deps/setup.sh compile build debug test
setup-build:
	@deps/setup.sh compile build

# As many jobs as processors, unless the caller has said how many.
PARALLEL = --no-print-directory $(if $(findstring jobserver,$(MAKEFLAGS)),,-j$(shell nproc))

# With the distribution's libraries: building those of the release takes minutes. The server that the demo needs is installed
# while the program is compiled.
demo:
	@deps/setup.sh --no-upgrade compile debug
	@$(MAKE) $(PARALLEL) plain setup-demo
	@PROMOTE_BINARY=$(BUILD)/plain/supabase-promote tests/demo/demo.sh
	@echo "This build uses this machine's libraries; 'make' builds the static binary that the container runs."
setup-demo:
	@deps/setup.sh --no-upgrade demo

test: setup
	@$(MAKE) $(PARALLEL) DEVELOPER=1 release debug debug-unit plain plain-unit fuzzers
	@tests/run.sh

# What is too slow for every change. One suite at a time: nobody waits for it.
test-deep: setup
	@$(MAKE) $(PARALLEL) DEVELOPER=1 release debug plain fuzzers
	@JOBS=1 FUZZ_SECS=$(FUZZ_SECS) tests/run.sh integration-ours integration-deep integration-valgrind \
	  integration-sanitized-cli integration-sanitized-truth fuzz reproducible-libraries
.PHONY: test-deep

lint:
	@deps/setup.sh compile build debug test lint
	@$(MAKE) $(PARALLEL) release debug
	@tests/lint/run.sh

bench:
	@deps/setup.sh compile build debug test bench
	@$(MAKE) $(PARALLEL) release
	@$(PYTHON) tests/bench/bench.py
	@$(PYTHON) tests/bench/bench_detect.py
	@$(PYTHON) tests/bench/bench_project.py
	@$(PYTHON) tests/bench/bench_growth.py
	@$(PYTHON) tests/bench/bench_turns.py
	@$(PYTHON) tests/bench/bench_rehearsal.py
	@$(PYTHON) tests/bench/bench_types.py
	@$(PYTHON) tests/bench/bench_lint.py
	@$(PYTHON) tests/bench/bench_compare.py
	@$(PYTHON) tests/bench/bench_preflight.py

image:
	@deps/setup.sh image
	@VARIANT=$(VARIANT) SUPABASE_CA=$(SUPABASE_CA) tests/image/build.sh
image-test:
	@tests/image/test.sh

# ---- a release, step by step, from the locked sources or not at all: docs/releasing.md ----------------------
dist release-check release-commit release-draft release-publish: export DEPS_EXACT := 1
release-check release-commit release-draft release-publish:
	@release/release.sh $(@:release-%=%)
supabase-ca dist sbom checksums image-save image-load image-push image-index expect:
	@release/release.sh $(subst -,_,$@)

format:
	clang-format -i entrypoint.c $(wildcard src/*.[ch] src/*/*.[ch] tests/unit/*.[ch] tests/fuzz/*.[ch] deps/port/*.[ch])

clean:
	rm -rf $(RELEASE) $(BUILD)/debug $(BUILD)/plain $(FUZZ)

-include $(RELEASE_OBJS:.o=.d) $(FUZZ_OBJS:.o=.d)
.PHONY: release fuzzers fuzz setup setup-build setup-demo demo test lint bench image image-test format clean
.PHONY: release-check release-commit release-draft release-publish
.PHONY: supabase-ca dist sbom checksums image-save image-load image-push image-index expect
.SECONDARY:
