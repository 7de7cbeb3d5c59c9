# The third-party libraries, built from Debian's sources. Included by the top Makefile; also complete in
# itself, from the folder above: make -f deps/deps.mk deps
#
# For the including Makefile:
#   DEPS_STAMP          exists when the prefix for the release binary is complete
#   DEPS_CC             the compiler for it; what it links is always a static-pie
#   DEPS_CFLAGS DEPS_LDFLAGS DEPS_LIBS DEPS_PORT_SRCS
#   DEPS_VERSION_DEFS   versions that the libraries themselves do not tell
#   DEPS_GLIBC_STAMP    exists when the one library for the debug build that Debian has too old is there:
#   DEPS_GLIBC_PGQUERY DEPS_GLIBC_CFLAGS

BUILD_DEPS := build/deps

# The sources come before everything else, since the names of the stamps below follow from them; not for goals
# that compile nothing. The builds with glibc need only one of them.
deps_goals := $(filter release debug% plain% fuzzers deps build/%,$(or $(MAKECMDGOALS),release))
deps_packages := $(if $(filter-out debug% plain% fuzzers,$(deps_goals)),,libpg-query)
ifneq ($(deps_goals),)
  deps_fetched := $(shell deps/fetch.sh $(deps_packages) >&2 && echo yes)
  ifneq ($(deps_fetched),yes)
    $(error there is nothing to build the libraries from)
  endif
endif
DEPS_SOURCES := $(or $(wildcard $(BUILD_DEPS)/sources.lock),deps/sources.lock)

DEPS_PREFIX := $(BUILD_DEPS)/musl
DEPS_GLIBC := $(BUILD_DEPS)/glibc

# What the code of the libraries and of the program has in common.
DEPS_CODEGEN := -pipe -fPIE -ffunction-sections -fdata-sections -fstack-protector-strong \
  -fstack-clash-protection -fno-asynchronous-unwind-tables

DEPS_CC := $(DEPS_PREFIX)/bin/musl-gcc
DEPS_CFLAGS := $(DEPS_CODEGEN) -DCURL_STATICLIB
# musl's threads would have stacks of 128 KiB; with this they have what a thread has elsewhere.
# Packed relative relocations take a twelfth of the binary off.
DEPS_LDFLAGS := -static-pie -Wl,--gc-sections -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack \
  -Wl,-z,stack-size=8388608 -Wl,-z,pack-relative-relocs -Wl,--wrap=getaddrinfo
# In the order that a static link needs.
DEPS_LIBS := -lcurl -lgit2 -lhttp_parser -lyaml -lz -lpq -lpgcommon_shlib -lpgport_shlib -lssl -lcrypto -lcjson -lpg_query
DEPS_PORT_SRCS := deps/port/relro.c deps/port/getaddrinfo.c

DEPS_GLIBC_PGQUERY := $(DEPS_GLIBC)/lib/libpg_query.a
DEPS_GLIBC_CFLAGS := -isystem $(DEPS_GLIBC)/include

# 1:1.2.3-4 of a Debian source package is upstream's 1.2.3.
deps_version = $(shell sed -n '/^$(1) /{s/^[^ ]* \([0-9]*:\)\{0,1\}\([^ ]*\)-[^- ]* .*/\2/p;q;}' $(DEPS_SOURCES))
# What deps/fetch.sh had to replace, which a binary says of itself.
deps_replaced := $(shell grep -vxFf deps/sources.lock $(DEPS_SOURCES) | \
  awk '!seen[$$1]++ { printf "%s%s %s", sep, $$1, $$2; sep = ", " }')
DEPS_VERSION_DEFS := -DDEPS_MUSL_VERSION='"$(call deps_version,musl)"' \
  -DDEPS_LIBPG_QUERY_VERSION='"$(call deps_version,libpg-query)"' \
  $(if $(deps_replaced),-DDEPS_REPLACED='"$(deps_replaced)"')

# $(call deps_library,NAME,C LIBRARY,SOURCE PACKAGE,NEEDED LIBRARIES,FLAGS)
# The stamp's name carries a hash of all that decides the result, so time stamps decide nothing: the
# lines of the lock file, the recipe, the flags, the toolchain, and the hashes of the needed libraries.
define deps_library
deps_key_$(1)_$(2) := $$(shell { grep '^$(3) ' $(DEPS_SOURCES); cat deps/recipes/$(1).* deps/toolchain/*; \
  echo $(5) $(foreach l,$(4),$$(deps_key_$(l)_$(2))); } | sha256sum | cut -c 1-16)
deps_stamp_$(1)_$(2) := $(BUILD_DEPS)/stamp/$(1)-$(2).$$(deps_key_$(1)_$(2))
$$(deps_stamp_$(1)_$(2)): | $(foreach l,$(4),$$(deps_stamp_$(l)_$(2)))
	+@CFLAGS='$(5)' deps/build.sh $(1) $(2) $(3) $$@
endef

DEPS_OPTIMISED := -O2 $(DEPS_CODEGEN)
$(eval $(call deps_library,musl,musl,musl,,))
$(eval $(call deps_library,openssl,musl,openssl,musl,$(DEPS_OPTIMISED)))
$(eval $(call deps_library,libpq,musl,postgresql-17,musl openssl,$(DEPS_OPTIMISED)))
$(eval $(call deps_library,libpg_query,musl,libpg-query,musl,$(DEPS_OPTIMISED)))
$(eval $(call deps_library,cjson,musl,cjson,musl,$(DEPS_OPTIMISED)))
$(eval $(call deps_library,curl,musl,curl,musl openssl,$(DEPS_OPTIMISED)))
$(eval $(call deps_library,zlib,musl,zlib,musl,$(DEPS_OPTIMISED)))
$(eval $(call deps_library,http-parser,musl,http-parser,musl,$(DEPS_OPTIMISED)))
$(eval $(call deps_library,libgit2,musl,libgit2,musl zlib http-parser,$(DEPS_OPTIMISED)))
$(eval $(call deps_library,libyaml,musl,libyaml,musl,$(DEPS_OPTIMISED)))
$(eval $(call deps_library,libpg_query,glibc,libpg-query,,-O1 -g1))

deps_stamps := $(foreach l,musl openssl libpq libpg_query cjson curl zlib http-parser libgit2 libyaml,\
  $(deps_stamp_$(l)_musl))
DEPS_STAMP := $(BUILD_DEPS)/stamp/prefix-musl.$(shell echo $(deps_stamps) | sha256sum | cut -c 1-16)
DEPS_GLIBC_STAMP := $(deps_stamp_libpg_query_glibc)

$(DEPS_STAMP): | $(deps_stamps)
	@rm -f $(basename $@).*
	@touch $@

$(DEPS_GLIBC_PGQUERY): | $(DEPS_GLIBC_STAMP)

.PHONY: deps deps-update
deps: $(DEPS_STAMP)

deps-update: # the newest versions of the suite, into deps/sources.lock
	deps/update.sh
