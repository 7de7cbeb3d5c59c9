# supabase-promote. The targets for people: make, demo, test, lint, bench, fuzz, image, format, clean.
#
# Two builds of the same sources: release (musl, static, from the libraries of deps/) and debug
# (glibc, Debian's -dev packages, ASan and UBSan) for tests, fuzzing and analysis.

VERSION := 0.1.0
PYTHON  := /usr/bin/python3
BUILD   := build
RELEASE := $(BUILD)/release
DEBUG   := $(BUILD)/debug

.DEFAULT_GOAL := release
.DELETE_ON_ERROR:
include deps/deps.mk

SRCS := entrypoint.c $(sort $(wildcard src/*.c src/*/*.c))
HDRS := $(sort $(wildcard src/*.h src/*/*.h src/*/*.def))
INCS := -Isrc

# -Wshadow … : each has found a real mistake somewhere; what a compiler does not know is left out.
WANT := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wcast-qual -Wformat=2 \
	-Wstrict-prototypes -Wold-style-definition -Wmissing-prototypes -Wmissing-variable-declarations \
	-Wredundant-decls -Wwrite-strings -Wpointer-arith -Wvla -Wundef -Wswitch-enum -Wimplicit-fallthrough
WARN = $(foreach w,$(WANT),$(shell echo 'extern int x;' | $(1) -Werror $(w) -fsyntax-only -x c - 2>/dev/null && echo $(w)))
COMMON := -std=c11 -DPROMOTE_VERSION='"$(VERSION)"' $(INCS) $(if $(DEVELOPER),-Werror)

# ---- release ------------------------------------------------------------------------------------
RELEASE_OBJS := $(SRCS:%.c=$(RELEASE)/obj/%.o) $(DEPS_PORT_SRCS:%.c=$(RELEASE)/obj/%.o)
RELEASE_BIN  := $(RELEASE)/supabase-promote
RELEASE_WARN := -Wall -Wextra -Wshadow

release: $(RELEASE_BIN)
$(RELEASE)/obj/%.o: %.c Makefile $(DEPS_STAMP)
	@mkdir -p $(@D)
	$(DEPS_CC) -O2 $(DEPS_CFLAGS) $(COMMON) $(DEPS_VERSION_DEFS) $(RELEASE_WARN) -MMD -MP -c $< -o $@
$(RELEASE_BIN): $(RELEASE_OBJS)
	$(DEPS_CC) -O2 $(DEPS_CFLAGS) $(RELEASE_OBJS) $(DEPS_LDFLAGS) $(DEPS_LIBS) -s -o $@

# ---- debug --------------------------------------------------------------------------------------
DEBUG_CC     ?= gcc
DEBUG_PKGS   := libpq libcjson libcrypto
DEBUG_CFLAGS  = -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=undefined \
	$(COMMON) $(filter-out -DDEPS_MUSL%,$(DEPS_VERSION_DEFS)) $(call WARN,$(DEBUG_CC)) $(DEPS_GLIBC_CFLAGS) \
	$(shell pkg-config --cflags $(DEBUG_PKGS) 2>/dev/null)
DEBUG_LIBS    = $(DEPS_GLIBC_PGQUERY) $(shell pkg-config --libs $(DEBUG_PKGS) 2>/dev/null) -lpthread
DEBUG_OBJS   := $(SRCS:%.c=$(DEBUG)/obj/%.o)
DEBUG_BIN    := $(DEBUG)/supabase-promote
# everything but main(): what tests and fuzzers link
DEBUG_LIB_OBJS := $(filter-out $(DEBUG)/obj/entrypoint.o,$(DEBUG_OBJS))

debug: $(DEBUG_BIN)
$(DEBUG)/obj/%.o: %.c Makefile $(DEPS_GLIBC_STAMP)
	@mkdir -p $(@D)
	$(DEBUG_CC) $(DEBUG_CFLAGS) -MMD -MP -c $< -o $@
$(DEBUG_BIN): $(DEBUG_OBJS)
	$(DEBUG_CC) $(DEBUG_CFLAGS) $(DEBUG_OBJS) $(DEBUG_LIBS) -o $@

# ---- unit tests: one program a file, over all objects --------------------------------------------
UNIT_SRCS := $(sort $(wildcard tests/unit/*_test.c))
UNIT_BINS := $(UNIT_SRCS:tests/unit/%.c=$(DEBUG)/unit/%)
$(DEBUG)/unit/%: tests/unit/%.c $(wildcard tests/unit/*.h) $(DEBUG_LIB_OBJS)
	@mkdir -p $(@D)
	$(DEBUG_CC) $(DEBUG_CFLAGS) $< $(DEBUG_LIB_OBJS) $(DEBUG_LIBS) -lcmocka -o $@
unit: $(UNIT_BINS)

# the same without sanitizers, for valgrind, which cannot run ASan's
PLAIN      := $(BUILD)/plain
PLAIN_BIN  := $(PLAIN)/supabase-promote
PLAIN_FLAGS = $(filter-out -fsanitize=% -fno-sanitize-recover=%,$(DEBUG_CFLAGS))
PLAIN_OBJS := $(SRCS:%.c=$(PLAIN)/obj/%.o)
$(PLAIN)/obj/%.o: %.c Makefile $(DEPS_GLIBC_STAMP)
	@mkdir -p $(@D)
	$(DEBUG_CC) $(PLAIN_FLAGS) -MMD -MP -c $< -o $@
$(PLAIN_BIN): $(PLAIN_OBJS)
	$(DEBUG_CC) $(PLAIN_FLAGS) $(PLAIN_OBJS) $(DEBUG_LIBS) -o $@
$(PLAIN)/unit/%: tests/unit/%.c $(wildcard tests/unit/*.h) $(PLAIN_OBJS)
	@mkdir -p $(@D)
	$(DEBUG_CC) $(PLAIN_FLAGS) $< $(filter-out $(PLAIN)/obj/entrypoint.o,$(PLAIN_OBJS)) $(DEBUG_LIBS) -lcmocka -o $@
plain: $(PLAIN_BIN) $(UNIT_SRCS:tests/unit/%.c=$(PLAIN)/unit/%)

# ---- fuzzers (libFuzzer) ---------------------------------------------------------------------------
FUZZ      := $(BUILD)/fuzz
FUZZ_CC   ?= clang
FUZZ_SECS ?= 600
FUZZ_SRCS := $(sort $(wildcard tests/fuzz/fuzz_*.c))
FUZZ_BINS := $(FUZZ_SRCS:tests/fuzz/%.c=$(FUZZ)/%)
FUZZ_FLAGS = -O1 -g -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined $(COMMON) \
	$(filter-out -DDEPS_MUSL%,$(DEPS_VERSION_DEFS)) $(DEPS_GLIBC_CFLAGS) $(shell pkg-config --cflags $(DEBUG_PKGS) 2>/dev/null)
FUZZ_LIB   = $(filter-out entrypoint.c,$(SRCS))
$(FUZZ)/fuzz_%: tests/fuzz/fuzz_%.c $(SRCS) $(HDRS) Makefile $(DEPS_GLIBC_STAMP)
	@mkdir -p $(@D)
	$(FUZZ_CC) $(FUZZ_FLAGS) $< $(FUZZ_LIB) $(DEBUG_LIBS) -o $@
fuzzers: $(FUZZ_BINS)
fuzz: setup fuzzers
	FUZZ_SECS=$(FUZZ_SECS) tests/fuzz/run.sh $(FUZZ)

# ---- the targets for people -------------------------------------------------------------------------
setup:
	@deps/setup.sh build test
setup-build:
	@deps/setup.sh build

demo: setup
	@$(MAKE) --no-print-directory release
	@tests/demo/demo.sh $(RELEASE_BIN)

test: setup
	@$(MAKE) --no-print-directory -j2 DEVELOPER=1 release debug unit plain fuzzers
	@tests/run.sh

lint:
	@deps/setup.sh build test lint
	@$(MAKE) --no-print-directory -j2 release debug
	@tests/lint/run.sh

bench:
	@deps/setup.sh build test bench
	@$(MAKE) --no-print-directory -j2 release
	@$(PYTHON) tests/bench/bench.py

image:
	@deps/setup.sh image
	@tests/image/build.sh

format:
	clang-format -i entrypoint.c $(wildcard src/*.[ch] src/*/*.[ch] tests/unit/*.[ch] tests/fuzz/*.[ch] deps/port/*.[ch])

clean:
	rm -rf $(RELEASE) $(DEBUG) $(PLAIN) $(FUZZ)

-include $(RELEASE_OBJS:.o=.d) $(DEBUG_OBJS:.o=.d) $(PLAIN_OBJS:.o=.d)
.PHONY: release debug unit plain fuzzers fuzz setup setup-build demo test lint bench image format clean
.SECONDARY:
