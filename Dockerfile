# The action's image: the binary, the certificates it trusts, the licences of what is linked in, and nothing else.

FROM docker.io/library/debian:trixie-slim AS build
WORKDIR /src

# In the order in which things change: packages, libraries, the program.
COPY deps/setup.sh deps/packages.txt deps/
RUN deps/setup.sh compile build
COPY deps deps
# Where Debian's files come from, and whether others than the locked ones may do: docs/building.md.
ARG DEBIAN_MIRROR= DEBIAN_SECURITY_MIRROR= DEBIAN_SNAPSHOT= DEPS_EXACT=
RUN make -f deps/deps.mk -j"$(nproc)" deps
COPY . .
# A PEM file of the context: the roots that verify Supabase's hosts.
ARG SUPABASE_CA=
RUN make -j"$(nproc)" SUPABASE_CA="$SUPABASE_CA" build/release/supabase-promote

# curl looks for the one name of the bundle, OpenSSL for the other.
RUN install -D build/release/supabase-promote /image/supabase-promote \
 && release/licences.sh >/image/licences.txt \
 && install -D -m 644 /etc/ssl/certs/ca-certificates.crt /image/etc/ssl/certs/ca-certificates.crt \
 && ln -s certs/ca-certificates.crt /image/etc/ssl/cert.pem

# No USER: the runner's files belong to somebody else, and only root can write them.
FROM scratch
COPY --from=build /image/ /
ENTRYPOINT ["/supabase-promote"]
