#!/usr/bin/env bash
# Gets a real kube-apiserver and etcd for the tests, without Docker, and two clients of today: kubectl and a client-go candidate.
# Prints the folder that holds them. kube-apiserver is built from Debian 12's source package, and the candidate
# (tests/clients/client-go-candidate) from the client-go of the next Debian, whose kubectl is taken as it is; so is Debian 12's etcd.
set -euo pipefail

KUBE=v1.20.2
KUBE_COMMIT=faecb196815e248d3ecfb03c680a4507229c2a56
NEXT=trixie # Debian 13: kubectl 1.32, client-go 0.32, Go 1.24
CACHE="${XDG_CACHE_HOME:-$HOME/.cache}/leaseelection/control-plane"
# Each rises when a build gives something else than before: what an older one left in the cache is of no use.
SERVERS=2
CLIENTS=1
CANDIDATE=client-go-candidate
SOURCE="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/tests/clients/$CANDIDATE/main.go"

usage() {
  cat <<TEXT
Usage: eng/control-plane.sh [--force | --where | --help]

Gets kube-apiserver $KUBE, etcd, and kubectl and a client-go candidate of Debian $NEXT, and prints the folder that holds
them on the last line of standard output. First that applies:
  KUBEBUILDER_ASSETS   a folder with kube-apiserver and etcd (the envtest convention): used as it is. Tests that need
                       kubectl or $CANDIDATE are skipped unless it holds that too
  the cache            $CACHE
  a build              Debian 12 only: servers about 5 minutes on 2 cores, with root (or sudo) for apt-get; clients about 2,
                       without. What the cache already holds is kept

  --where   print the folder if it has everything, else exit 1; build nothing
  --force   build everything, whatever the cache holds
TEXT
}

say() { echo "control-plane: $*" >&2; }
die() { say "$*"; exit 1; }
has() { local folder=$1; shift; for name; do [ -x "$folder/$name" ] || return 1; done; }
# Each piece is cached on its own, with a file that says what it was made of. A candidate of other source than ours is as good as none.
made_of() {
  case $1 in
    recipe) echo $SERVERS ;;
    kubectl.made) echo "$NEXT $CLIENTS" ;;
    $CANDIDATE.made) echo "$NEXT $CLIENTS $(sha256sum <"$SOURCE")" ;;
  esac
}
cached() { local stamp=$1; shift; has "$CACHE" "$@" && [ "$(cat "$CACHE/$stamp" 2>/dev/null)" = "$(made_of "$stamp")" ]; }

force=false where=false
case "${1:-}" in
  "") ;;
  --force) force=true ;;
  --where) where=true ;;
  -h | --help) usage; exit 0 ;;
  *) usage >&2; die "unknown option '$1'" ;;
esac

if [ -n "${KUBEBUILDER_ASSETS:-}" ]; then
  has "$KUBEBUILDER_ASSETS" kube-apiserver etcd || die "KUBEBUILDER_ASSETS is '$KUBEBUILDER_ASSETS', which does not hold both kube-apiserver and etcd: correct it, or unset it to build them"
  echo "$KUBEBUILDER_ASSETS"; exit 0
fi
servers=true kubectl=true candidate=true # what is to be made
if [ $force = false ]; then
  if cached recipe kube-apiserver etcd; then servers=false; fi
  if cached kubectl.made kubectl; then kubectl=false; fi
  if cached $CANDIDATE.made $CANDIDATE; then candidate=false; fi
fi
if ! $servers && ! $kubectl && ! $candidate; then echo "$CACHE"; exit 0; fi
[ $where = false ] || exit 1

. /etc/os-release # sets ID, VERSION_ID, VERSION_CODENAME, PRETTY_NAME (and VERSION and NAME, so ours are called otherwise)
[ "${ID:-}" = debian ] && [ "${VERSION_ID:-}" = 12 ] ||
  die "this is ${PRETTY_NAME:-not Debian 12}, where the build was never tried: set KUBEBUILDER_ASSETS to a folder with kube-apiserver and etcd"

# Everything happens in a folder beside the cache, and each piece is renamed at its end: an interrupted run leaves no half of one.
mkdir -p "$CACHE"
work=$(mktemp -d "$(dirname "$CACHE")/building.XXXXXX")
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
log="$work/log"
run() { "$@" >>"$log" 2>&1 </dev/null || { tail -n 40 "$log" >&2; die "failed: $*"; }; }
# Keeps the programs of a piece, then the file that says what they were made of. Who runs the old ones goes on with them.
keep() {
  local stamp=$1; shift
  mv -f "$@" "$CACHE/"
  made_of "$stamp" >"$work/$stamp"
  mv "$work/$stamp" "$CACHE/"
}

# Makes a source list from the machine's own one, whose places serve more than it names: of sources ($1 = deb-src), or of the suite $2.
# Security updates have another suite, and none of another release is wanted.
list_sources() {
  local type=$1 suite=$2 list
  for list in /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list; do
    [ -s "$list" ] || continue
    case "$list" in
      *.sources)
        awk -v RS= -v ORS='\n\n' "/(^|\n)Suites:[^\n]* $VERSION_CODENAME( |\n|\$)/" "$list" |
          sed -e "s/^Types:.*/Types: $type/" -e "s/^Suites:.*/Suites: $suite/" >"$work/$type.sources" ;;
      *) sed -nE "s/^deb (.*) $VERSION_CODENAME (.*)/$type \1 $suite \2/p" "$list" >"$work/$type.list" ;;
    esac
    break
  done
  find "$work" -maxdepth 1 -name "$type.*" -size +0 | grep . || die "no sources of Debian $VERSION_CODENAME found under /etc/apt"
}

build_servers() {
  local root=()
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || die "apt-get needs root: run as root, install sudo, or set KUBEBUILDER_ASSETS"
    root=(sudo)
  fi
  say "servers: installing Debian's packages (etcd, Go, make)"
  export DEBIAN_FRONTEND=noninteractive
  # The package starts an etcd of its own where there is an init system; the tests want none but theirs.
  run "${root[@]}" apt-get update
  run "${root[@]}" env RUNLEVEL=1 apt-get install -y --no-install-recommends \
    etcd-server golang-go rsync jq make gcc libc6-dev xz-utils dpkg-dev openssl ca-certificates
  local apt=(-o APT::Sandbox::User=root) sources tree
  mkdir "$work/reflect2"
  (cd "$work/reflect2" && run apt-get "${apt[@]}" download golang-github-modern-go-reflect2-dev && run dpkg-deb -x ./*.deb .)

  say "servers: getting the source package of kubernetes (34 MB)"
  mkdir -p "$work/lists/partial" "$work/source"
  sources=$(list_sources deb-src "$VERSION_CODENAME")
  apt+=(-o "Dir::Etc::sourcelist=$sources" -o Dir::Etc::sourceparts=- -o "Dir::State::Lists=$work/lists")
  run apt-get "${apt[@]}" update
  (cd "$work/source" && run apt-get "${apt[@]}" source --download-only kubernetes)
  run tar -xf "$work"/source/kubernetes_*.orig.tar.gz -C "$work/source"
  tree=$(dirname "$(ls -d "$work"/source/*/cmd/kube-apiserver)")
  tree=$(dirname "$tree")

  say "servers: building kube-apiserver $KUBE (4 minutes on 2 cores)"
  (
    cd "$tree"
    # The vendored one is older than Go 1.18 and cannot walk its maps: now and then the API server dies of a label ("fatal error: fault").
    rm -r vendor/github.com/modern-go/reflect2
    cp -r "$work/reflect2/usr/share/gocode/src/github.com/modern-go/reflect2" vendor/github.com/modern-go/
    export CGO_ENABLED=0 KUBE_GIT_VERSION=$KUBE KUBE_GIT_MAJOR=1 KUBE_GIT_MINOR=20 KUBE_GIT_COMMIT=$KUBE_COMMIT KUBE_GIT_TREE_STATE=clean
    run make WHAT=cmd/kube-apiserver
  )
  cp "$(command -v etcd)" "$work/etcd"
  keep recipe "$tree/_output/local/bin/linux/amd64/kube-apiserver" "$work/etcd"
  "$CACHE/kube-apiserver" --version >&2
  "$CACHE/etcd" --version 2>/dev/null | sed -n 1p >&2
}

# apt-get for the next Debian: nothing of the machine's but where its packages come from, and nothing is installed.
next_apt=()
next_lists() {
  [ ${#next_apt[@]} = 0 ] || return 0
  local sources
  say "clients: getting the package lists of Debian $NEXT"
  mkdir -p "$work/next/lists/partial" "$work/next/cache/archives/partial"
  touch "$work/next/status"
  sources=$(list_sources deb $NEXT)
  next_apt=(-o APT::Sandbox::User=root -o "Dir::Etc::sourcelist=$sources" -o Dir::Etc::sourceparts=-
    -o "Dir::State::Lists=$work/next/lists" -o "Dir::Cache=$work/next/cache" -o "Dir::State::status=$work/next/status")
  run apt-get "${next_apt[@]}" update
}

fetch_kubectl() {
  next_lists
  say "clients: getting kubectl (16 MB)"
  mkdir "$work/kubectl"
  (cd "$work/kubectl" && run apt-get "${next_apt[@]}" download kubectl && run dpkg-deb -x ./*.deb .)
  keep kubectl.made "$work/kubectl/usr/bin/kubectl"
  "$CACHE/kubectl" version --client | sed -n 1p >&2
}

build_candidate() {
  next_lists
  say "clients: getting client-go and Go (72 MB)"
  local packages root="$work/root" go="$work/go"
  # Of all that installing client-go would bring, what is Go's. The packages link to each other, so they share one root.
  packages=$(apt-get "${next_apt[@]}" -y --no-install-recommends --print-uris install golang-k8s-client-go-dev golang-1.24-go |
    sed -n "s/^'[^']*' \([^_]*golang[^_]*\)_.*/\1/p")
  mkdir -p "$work/packages" "$root" "$go/src/$CANDIDATE"
  # shellcheck disable=SC2086 # One argument a package.
  (cd "$work/packages" && run apt-get "${next_apt[@]}" download $packages)
  for package in "$work"/packages/*.deb; do run dpkg-deb -x "$package" "$root"; done

  say "clients: building $CANDIDATE (90 s on 2 cores)"
  cp "$SOURCE" "$go/src/$CANDIDATE/"
  (
    cd "$go/src/$CANDIDATE"
    export GOROOT="$root/usr/lib/go-1.24" GOPATH="$go:$root/usr/share/gocode" GOCACHE="$work/go-cache" GOENV=off GOFLAGS=
    export GO111MODULE=off GOTOOLCHAIN=local CGO_ENABLED=0
    run "$GOROOT/bin/go" build -trimpath -ldflags "-s -w" -o "$work/$CANDIDATE" .
  )
  keep $CANDIDATE.made "$work/$CANDIDATE"
}

if $servers; then build_servers; fi
if $kubectl; then fetch_kubectl; fi
if $candidate; then build_candidate; fi
echo "$CACHE"
