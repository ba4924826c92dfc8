package bucket

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"path"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// The variables of the environment that say where the store is and who asks. They are those of Amazon's own programs, which other stores' documentation names too.
const (
	EndpointVariable = "AWS_ENDPOINT_URL_S3" // or AWS_ENDPOINT_URL; Amazon's own where neither is set
	RegionVariable   = "AWS_REGION"
	KeyVariable      = "AWS_ACCESS_KEY_ID"
	SecretVariable   = "AWS_SECRET_ACCESS_KEY"
	TokenVariable    = "AWS_SESSION_TOKEN" // of keys that are given for a time
)

// Variables are those that a process needs to reach the store.
var Variables = []string{EndpointVariable, "AWS_ENDPOINT_URL", RegionVariable, KeyVariable, SecretVariable, TokenVariable}

// ErrAddress says that an address of a store cannot be one.
var ErrAddress = errors.New("bucket: the address of the store of documents cannot be one")

// scheme begins every address of a place in a store.
const scheme = "s3://"

// Is reports whether a text is meant as the address of a place in a store.
func Is(address string) bool { return strings.HasPrefix(address, scheme) }

// Open is the place in a store that an address such as "s3://bucket/prefix" names, with the keys from the environment. Nothing is asked of the store yet.
// Errors: ErrAddress, ErrKeys; none of them holds a secret.
func Open(address string, env func(string) string) (*Bucket, error) {
	name, prefix, err := split(address)
	if err != nil {
		return nil, err
	}
	endpoint, secure, err := endpointOf(env)
	if err != nil {
		return nil, err
	}
	key, secret := env(KeyVariable), env(SecretVariable)
	if key == "" || secret == "" {
		return nil, fmt.Errorf("%w: set %s and %s to keys that may read, write and list what lies under %s", ErrKeys, KeyVariable, SecretVariable, address)
	}
	region, lookup := env(RegionVariable), minio.BucketLookupAuto
	if region == "" {
		region = "us-east-1" // what stores that know no regions sign with
	}
	if endpoint == "" {
		endpoint, secure = "s3.amazonaws.com", true
	} else {
		lookup = minio.BucketLookupPath // stores of one's own rarely have a name for each bucket
	}
	transport, err := minio.DefaultTransport(secure)
	if err != nil {
		return nil, fmt.Errorf("bucket: preparing the connection to the store of documents: %w", err)
	}
	transport.DialContext = (&net.Dialer{Timeout: dialTimeout}).DialContext
	transport.ResponseHeaderTimeout = answerTimeout
	core, err := minio.NewCore(endpoint, &minio.Options{Creds: credentials.NewStaticV4(key, secret, env(TokenVariable)), Secure: secure, Region: region,
		BucketLookup: lookup, Transport: http.RoundTripper(transport), MaxRetries: tries})
	if err != nil {
		return nil, fmt.Errorf("%w: %s names no server, expected one such as https://store.example", ErrAddress, EndpointVariable)
	}
	return &Bucket{core: core, name: name, prefix: prefix, address: address}, nil
}

// Bounds of what is asked of a store. A store that is away is told within seconds, since somebody waits.
const (
	dialTimeout   = 5 * time.Second
	answerTimeout = 30 * time.Second
	wholeTimeout  = 10 * time.Minute // for 200 MB over a slow line
	tries         = 3
)

// split takes an address apart.
func split(address string) (name, prefix string, err error) {
	rest, is := strings.CutPrefix(address, scheme)
	name, prefix, _ = strings.Cut(rest, "/")
	switch {
	case !is || name == "":
		return "", "", fmt.Errorf("%w: expected s3://BUCKET or s3://BUCKET/PREFIX", ErrAddress)
	case strings.ContainsAny(rest, "@?#\\ ") || strings.ContainsFunc(rest, func(r rune) bool { return r < ' ' || r > '~' }):
		return "", "", fmt.Errorf("%w: expected s3://BUCKET/PREFIX of plain letters; keys stand in the environment and not in the address", ErrAddress)
	}
	prefix = strings.Trim(prefix, "/")
	if prefix != "" && (path.Clean(prefix) != prefix || strings.HasPrefix(prefix, "..")) {
		return "", "", fmt.Errorf("%w: the part after the bucket must be a plain path, without .. and empty parts", ErrAddress)
	}
	return name, prefix, nil
}

// endpointOf is the server that the environment names. Over a network in which others are, only TLS will do: what lies in the store was not published.
func endpointOf(env func(string) string) (host string, secure bool, err error) {
	text := env(EndpointVariable)
	if text == "" {
		text = env("AWS_ENDPOINT_URL")
	}
	if text == "" {
		return "", false, nil
	}
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.User != nil || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Scheme != "http" && u.Scheme != "https" {
		return "", false, fmt.Errorf("%w: %s must be the server's address alone, such as https://store.example", ErrAddress, EndpointVariable) // what it says may hold a secret
	}
	if u.Scheme == "http" && !here(u.Hostname()) {
		return "", false, fmt.Errorf("%w: %s begins with http:// and is not on this machine, so that documents could be read on their way: expected https://", ErrAddress, EndpointVariable)
	}
	return u.Host, u.Scheme == "https", nil
}

func here(host string) bool {
	at, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && at.IsLoopback()
}
