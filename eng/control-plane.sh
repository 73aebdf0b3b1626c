#!/usr/bin/env bash
# Gets a real kube-apiserver and etcd for the tests, without Docker, and two clients: kubectl and a client-go candidate.
# Prints the folder that holds them. Nothing is downloaded as a binary but Debian's etcd: kube-apiserver, kubectl and the
# candidate (tests/clients/client-go-candidate) are built from Debian's source package.
set -euo pipefail

KUBE=v1.20.2
KUBE_COMMIT=faecb196815e248d3ecfb03c680a4507229c2a56
CACHE="${XDG_CACHE_HOME:-$HOME/.cache}/leaseelection/control-plane"
# Rises when a build gives something else than before: what an older one left in the cache is of no use.
RECIPE=2
CANDIDATE=client-go-candidate
SOURCE="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/tests/clients/$CANDIDATE/main.go"

usage() {
  cat <<TEXT
Usage: eng/control-plane.sh [--force | --where | --help]

Gets kube-apiserver $KUBE, etcd, kubectl and a client-go candidate, and prints the folder that holds them on the last
line of standard output. First that applies:
  KUBEBUILDER_ASSETS   a folder with kube-apiserver and etcd (the envtest convention): used as it is. Tests that need
                       kubectl or $CANDIDATE are skipped unless it holds that too
  the cache            $CACHE
  a build              Debian 12 only: about 5 minutes on 2 cores, needs root (or sudo) for apt-get. Where only
                       the candidate is older than its source, the rest is kept, and it takes 3

  --where   print the folder if there is one, else exit 1; build nothing
  --force   build everything, whatever the cache holds
TEXT
}

say() { echo "control-plane: $*" >&2; }
die() { say "$*"; exit 1; }
has() { local folder=$1; shift; for name; do [ -x "$folder/$name" ] || return 1; done; }
# A candidate that was built from other source than ours is as good as none.
current() { sha256sum --status -c "$1/$CANDIDATE.sha256" <"$SOURCE" 2>/dev/null; }
servers() { has "$1" kube-apiserver etcd kubectl && [ "$(cat "$1/recipe" 2>/dev/null)" = $RECIPE ]; }
complete() { servers "$1" && has "$1" $CANDIDATE && current "$1"; }

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
if complete "$CACHE" && [ $force = false ]; then echo "$CACHE"; exit 0; fi
[ $where = false ] || exit 1

. /etc/os-release # sets ID, VERSION_ID, PRETTY_NAME (and VERSION and NAME, so ours are called otherwise)
[ "${ID:-}" = debian ] && [ "${VERSION_ID:-}" = 12 ] ||
  die "this is ${PRETTY_NAME:-not Debian 12}, where the build was never tried: set KUBEBUILDER_ASSETS to a folder with kube-apiserver and etcd"
what=(cmd/kube-apiserver cmd/kubectl cmd/$CANDIDATE)
if [ $force = false ] && servers "$CACHE"; then what=(cmd/$CANDIDATE); fi
root=()
if [ "$(id -u)" != 0 ]; then
  command -v sudo >/dev/null || die "apt-get needs root: run as root, install sudo, or set KUBEBUILDER_ASSETS"
  root=(sudo)
fi

# Everything happens in a folder beside the cache and is renamed at the end: an interrupted run leaves no half cache.
mkdir -p "$(dirname "$CACHE")"
work=$(mktemp -d "$(dirname "$CACHE")/building.XXXXXX")
trap 'rm -rf "$work"' EXIT
log="$work/log"
run() { "$@" >>"$log" 2>&1 </dev/null || { tail -n 40 "$log" >&2; die "failed: $*"; }; }

say "1/4 installing Debian's packages (etcd, Go, make)"
export DEBIAN_FRONTEND=noninteractive
# The package starts an etcd of its own where there is an init system; the tests want none but theirs.
run "${root[@]}" apt-get update
run "${root[@]}" env RUNLEVEL=1 apt-get install -y --no-install-recommends \
  etcd-server golang-go rsync jq make gcc libc6-dev xz-utils dpkg-dev openssl ca-certificates
apt=(-o APT::Sandbox::User=root)
mkdir "$work/reflect2"
(cd "$work/reflect2" && run apt-get "${apt[@]}" download golang-github-modern-go-reflect2-dev && run dpkg-deb -x ./*.deb .)

say "2/4 getting the source package of kubernetes (34 MB)"
# The machine's own lists name binaries only; the same places serve the sources.
mkdir -p "$work/lists/partial" "$work/source"
for list in /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list; do
  [ -s "$list" ] || continue
  case "$list" in
    *.sources) sed 's/^Types:.*/Types: deb-src/' "$list" >"$work/src.sources" ;;
    *) sed -n 's/^deb /deb-src /p' "$list" >"$work/src.list" ;;
  esac
  break
done
sources=$(ls "$work"/src.* 2>/dev/null) || die "no Debian sources found under /etc/apt"
apt+=(-o "Dir::Etc::sourcelist=$sources" -o Dir::Etc::sourceparts=- -o "Dir::State::Lists=$work/lists")
run apt-get "${apt[@]}" update
(cd "$work/source" && run apt-get "${apt[@]}" source --download-only kubernetes)
run tar -xf "$work"/source/kubernetes_*.orig.tar.gz -C "$work/source"
tree=$(dirname "$(ls -d "$work"/source/*/cmd/kube-apiserver)")
tree=$(dirname "$tree")

say "3/4 building ${what[*]} of $KUBE (up to 5 minutes on 2 cores)"
(
  cd "$tree"
  # The vendored one is older than Go 1.18 and cannot walk its maps: now and then the API server dies of a label ("fatal error: fault").
  rm -r vendor/github.com/modern-go/reflect2
  cp -r "$work/reflect2/usr/share/gocode/src/github.com/modern-go/reflect2" vendor/github.com/modern-go/
  mkdir "cmd/$CANDIDATE"
  cp "$SOURCE" "cmd/$CANDIDATE/"
  export CGO_ENABLED=0 KUBE_GIT_VERSION=$KUBE KUBE_GIT_MAJOR=1 KUBE_GIT_MINOR=20 KUBE_GIT_COMMIT=$KUBE_COMMIT KUBE_GIT_TREE_STATE=clean
  run make "WHAT=${what[*]}"
)

say "4/4 keeping the binaries in $CACHE"
mkdir "$work/done"
[ ${#what[@]} -gt 1 ] || cp "$CACHE"/{kube-apiserver,kubectl} "$work/done/"
cp "${what[@]/#cmd/$tree/_output/local/bin/linux/amd64}" "$(command -v etcd)" "$work/done/"
echo $RECIPE >"$work/done/recipe"
sha256sum <"$tree/cmd/$CANDIDATE/main.go" >"$work/done/$CANDIDATE.sha256"
"$work/done/kube-apiserver" --version >&2
"$work/done/etcd" --version 2>/dev/null | sed -n 1p >&2
"$work/done/kubectl" version --client --short >&2
rm -rf "$CACHE"
mv "$work/done" "$CACHE"
chmod -R u+w "$work" 2>/dev/null || true
echo "$CACHE"
