// A candidate of client-go's own leader election, for the tests: what every Go controller on the same Lease would be.
// Built by eng/control-plane.sh with the client-go 0.32 of Debian trixie.
//
// One JSON object a line on standard output tells what client-go's callbacks say. SIGTERM and SIGINT cancel the context, as a
// controller's shutdown does; whether that releases the Lease is -release-on-cancel. The program ends when the election does.
//
// With -work it works while it leads: a line "working" every so often, until the context that client-go gave to the work is
// cancelled, and then "ended". Those lines are what tests/LeaseElection.Chaos reads of every worker, ours too.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/tools/leaderelection"
	"k8s.io/client-go/tools/leaderelection/resourcelock"
)

// event is one line. Leader is whom client-go has just seen lead; it is set for "leader" only. MonotonicNs is the machine's
// monotonic clock, which every process on it shares.
type event struct {
	At          string `json:"at"`
	MonotonicNs int64  `json:"monotonicNs"`
	Event       string `json:"event"`
	Identity    string `json:"identity"`
	Leader      string `json:"leader,omitempty"`
}

func monotonicNs() int64 {
	var now unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_MONOTONIC, &now); err != nil {
		fail(err)
	}
	return now.Nano()
}

// calm lets one request at a time through, with the whole of its answer, and the context be cancelled in between only. A renewal
// that is cancelled may have been committed; client-go then knows only the Lease before it, its release is a conflict, and the
// Lease is held until it expires. True to life, but a test that asks for a release wants one.
type calm struct {
	inner http.RoundTripper
	mutex *sync.Mutex
}

func (c calm) RoundTrip(request *http.Request) (*http.Response, error) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	response, err := c.inner.RoundTrip(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	response.Body = io.NopCloser(bytes.NewReader(body))
	return response, err
}

func main() {
	kubeconfig := flag.String("kubeconfig", "", "kubeconfig file")
	namespace := flag.String("namespace", "default", "namespace of the Lease")
	name := flag.String("name", "", "name of the Lease")
	identity := flag.String("identity", "", "who this candidate is")
	leaseDuration := flag.Duration("lease-duration", 15*time.Second, "LeaseDuration; the Lease carries whole seconds")
	renewDeadline := flag.Duration("renew-deadline", 10*time.Second, "RenewDeadline, below lease-duration")
	retryPeriod := flag.Duration("retry-period", 2*time.Second, "RetryPeriod; 1.2 times it is below renew-deadline")
	releaseOnCancel := flag.Bool("release-on-cancel", false, "release the Lease when the context is cancelled")
	work := flag.Duration("work", 0, "how often to say that it works while it leads; 0: never")
	requestTimeout := flag.Duration("request-timeout", 0, "how long a request may take; 0: without end")
	inJSON := flag.Bool("json", false, "speak JSON; else client-go's own choice, which is protobuf for Leases")
	calmly := flag.Bool("calm", true, "one request at a time, and the context is cancelled in between only")
	flag.Parse()
	if *kubeconfig == "" || *name == "" || *identity == "" || flag.NArg() > 0 {
		fmt.Fprintln(os.Stderr, "client-go-candidate: -kubeconfig, -name and -identity are needed, and nothing but flags")
		os.Exit(2)
	}

	config, err := clientcmd.BuildConfigFromFlags("", *kubeconfig)
	if err != nil {
		fail(err)
	}
	// client-go's own limit (5 requests a second) would stretch the short periods of a test.
	config.QPS, config.Burst = 100, 100
	config.Timeout = *requestTimeout
	if *inJSON {
		config.ContentType, config.AcceptContentTypes = runtime.ContentTypeJSON, runtime.ContentTypeJSON
	}
	var requests sync.Mutex
	if *calmly {
		config.Wrap(func(inner http.RoundTripper) http.RoundTripper { return calm{inner, &requests} })
	}
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		fail(err)
	}

	// client-go calls back from several goroutines.
	var mutex sync.Mutex
	say := func(what, leader string) {
		// Read before waiting for our turn: a line tells when something was, not when it was written.
		at, monotonic := time.Now().UTC().Format(time.RFC3339Nano), monotonicNs()
		mutex.Lock()
		defer mutex.Unlock()
		line, _ := json.Marshal(event{at, monotonic, what, *identity, leader})
		fmt.Println(string(line))
	}
	var working sync.WaitGroup
	begin := func(ctx context.Context) {
		say("leading", "")
		if *work == 0 {
			return
		}
		defer say("ended", "")
		for ctx.Err() == nil {
			say("working", "")
			select {
			case <-ctx.Done():
			case <-time.After(*work):
			}
		}
	}

	elector, err := leaderelection.NewLeaderElector(leaderelection.LeaderElectionConfig{
		Lock: &resourcelock.LeaseLock{
			LeaseMeta:  metav1.ObjectMeta{Namespace: *namespace, Name: *name},
			Client:     client.CoordinationV1(),
			LockConfig: resourcelock.ResourceLockConfig{Identity: *identity},
		},
		LeaseDuration:   *leaseDuration,
		RenewDeadline:   *renewDeadline,
		RetryPeriod:     *retryPeriod,
		ReleaseOnCancel: *releaseOnCancel,
		Callbacks: leaderelection.LeaderCallbacks{
			OnStartedLeading: func(ctx context.Context) {
				working.Add(1)
				defer working.Done()
				begin(ctx)
			},
			OnStoppedLeading: func() { say("stopped", "") },
			OnNewLeader:      func(leader string) { say("leader", leader) },
		},
	})
	if err != nil {
		fail(err)
	}

	ctx, cancel := context.WithCancel(context.Background())
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM, syscall.SIGINT)
	go func() {
		<-signals
		requests.Lock()
		defer requests.Unlock()
		cancel()
	}()
	say("started", "")
	elector.Run(ctx)
	working.Wait()
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "client-go-candidate:", err)
	os.Exit(1)
}
