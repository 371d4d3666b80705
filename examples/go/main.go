// A client of the Delta gateway: a token by private_key_jwt (RFC 7523), calls, and the check of webhooks.
// Go 1.21, and nothing but its standard library. Copy it.
//
//	go run main.go file URL CLIENT KEY_FILE APPLICATION_FILE
//	go run main.go verify SECRET < POST     three headers (id, timestamp, signature) a line each, then the body
package main

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Key is a client's private key on the curve P-256, as a JWK.
type Key struct {
	Kid string `json:"kid"`
	D   string `json:"d"`
	X   string `json:"x"`
	Y   string `json:"y"`
}

// Problem is what the gateway refused. Code never changes its meaning; Errors point into what was sent.
type Problem struct {
	Status      int    `json:"status"`
	Code        string `json:"code"`
	Detail      string `json:"detail"`
	OAuth       string `json:"error"`
	Description string `json:"error_description"`
	Errors      []struct {
		Pointer string            `json:"pointer"`
		Code    string            `json:"code"`
		Detail  map[string]string `json:"detail"`
	} `json:"errors"`
}

func (p *Problem) Error() string {
	return fmt.Sprintf("%s%s (%d): %s%s", p.Code, p.OAuth, p.Status, p.Detail, p.Description)
}

// Gateway is the API as one client sees it.
type Gateway struct {
	URL, ClientID, Scope string

	kid   string
	key   *ecdsa.PrivateKey
	lock  sync.Mutex
	token string
	until time.Time
	http  http.Client
}

// NewGateway makes a client with its key.
func NewGateway(address, clientID, scope string, key Key) (*Gateway, error) {
	numbers := make([]*big.Int, 3)
	for place, text := range []string{key.D, key.X, key.Y} {
		part, err := base64.RawURLEncoding.DecodeString(text)
		if err != nil {
			return nil, err
		}
		numbers[place] = new(big.Int).SetBytes(part)
	}
	private := &ecdsa.PrivateKey{D: numbers[0]}
	private.Curve, private.X, private.Y = elliptic.P256(), numbers[1], numbers[2]
	return &Gateway{
		URL: strings.TrimRight(address, "/"), ClientID: clientID, Scope: scope,
		kid: key.Kid, key: private, http: http.Client{Timeout: 30 * time.Second},
	}, nil
}

func random() string {
	part := make([]byte, 16)
	if _, err := rand.Read(part); err != nil {
		panic(err)
	}
	return hex.EncodeToString(part)
}

func (g *Gateway) assertion() (string, error) {
	now := time.Now().Unix()
	head, err := json.Marshal(map[string]string{"alg": "ES256", "kid": g.kid})
	if err != nil {
		return "", err
	}
	claims, err := json.Marshal(map[string]any{
		"iss": g.ClientID, "sub": g.ClientID, "aud": g.URL + "/oidc/token",
		"jti": random(), "iat": now, "exp": now + 60,
	})
	if err != nil {
		return "", err
	}
	signed := base64.RawURLEncoding.EncodeToString(head) + "." + base64.RawURLEncoding.EncodeToString(claims)
	digest := sha256.Sum256([]byte(signed))
	r, s, err := ecdsa.Sign(rand.Reader, g.key, digest[:])
	if err != nil {
		return "", err
	}
	// JOSE wants the two numbers of the signature side by side, not in DER.
	both := make([]byte, 64)
	r.FillBytes(both[:32])
	s.FillBytes(both[32:])
	return signed + "." + base64.RawURLEncoding.EncodeToString(both), nil
}

func (g *Gateway) send(request *http.Request, into any) (http.Header, error) {
	answer, err := g.http.Do(request)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		return nil, err
	}
	if answer.StatusCode >= 400 {
		problem := &Problem{}
		// A proxy's page is no JSON: its status is all there is to tell.
		_ = json.Unmarshal(body, problem)
		problem.Status = answer.StatusCode
		return answer.Header, problem
	}
	if into == nil || len(body) == 0 {
		return answer.Header, nil
	}
	return answer.Header, json.Unmarshal(body, into)
}

// Token gives the access token; a new one shortly before the old one ends.
func (g *Gateway) Token() (string, error) {
	g.lock.Lock()
	defer g.lock.Unlock()
	if time.Now().Before(g.until) {
		return g.token, nil
	}
	assertion, err := g.assertion()
	if err != nil {
		return "", err
	}
	form := url.Values{
		"grant_type":            {"client_credentials"},
		"scope":                 {g.Scope},
		"client_assertion_type": {"urn:ietf:params:oauth:client-assertion-type:jwt-bearer"},
		"client_assertion":      {assertion},
	}
	request, err := http.NewRequest(http.MethodPost, g.URL+"/oidc/token", strings.NewReader(form.Encode()))
	if err != nil {
		return "", err
	}
	request.Header.Set("content-type", "application/x-www-form-urlencoded")
	var told struct {
		AccessToken string `json:"access_token"`
		ExpiresIn   int    `json:"expires_in"`
	}
	if _, err := g.send(request, &told); err != nil {
		return "", err
	}
	g.token, g.until = told.AccessToken, time.Now().Add(time.Duration(told.ExpiresIn-30)*time.Second)
	return g.token, nil
}

// Call makes one call with JSON and reads the answer into `into`. What is refused is a *Problem.
func (g *Gateway) Call(method, path string, content []byte, headers map[string]string, into any) (http.Header, error) {
	token, err := g.Token()
	if err != nil {
		return nil, err
	}
	request, err := http.NewRequest(method, g.URL+path, bytes.NewReader(content))
	if err != nil {
		return nil, err
	}
	request.Header.Set("authorization", "Bearer "+token)
	if content != nil {
		request.Header.Set("content-type", "application/json")
	}
	for name, value := range headers {
		request.Header.Set(name, value)
	}
	return g.send(request, into)
}

// VerifyWebhook says why a post is not the gateway's; nil when it is. `body` is as it came, byte for byte; `secret` is the subscription's
// whsec_… or whpk_…. Remember webhook-id: the same event may come twice.
func VerifyWebhook(id, timestamp, signatures string, body []byte, secret string) error {
	seconds, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil || time.Since(time.Unix(seconds, 0)).Abs() > 5*time.Minute {
		return errors.New("time")
	}
	content := append([]byte(id+"."+timestamp+"."), body...)
	for _, signature := range strings.Split(signatures, " ") {
		version, value, _ := strings.Cut(signature, ",")
		given, err := base64.StdEncoding.DecodeString(value)
		if err == nil && fits(secret, version, given, content) {
			return nil
		}
	}
	return errors.New("signature")
}

func fits(secret, version string, given, content []byte) bool {
	kind, encoded, _ := strings.Cut(secret, "_")
	key, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		return false
	}
	switch {
	case kind == "whsec" && version == "v1":
		mac := hmac.New(sha256.New, key)
		mac.Write(content)
		return hmac.Equal(given, mac.Sum(nil))
	case kind == "whpk" && version == "v1a" && len(key) == ed25519.PublicKeySize:
		return ed25519.Verify(ed25519.PublicKey(key), content, given)
	}
	return false
}

func file(address, client, keyFile, applicationFile string) error {
	text, err := os.ReadFile(keyFile)
	if err != nil {
		return err
	}
	var key Key
	if err := json.Unmarshal(text, &key); err != nil {
		return err
	}
	application, err := os.ReadFile(applicationFile)
	if err != nil {
		return err
	}
	gateway, err := NewGateway(address, client, "cases convert", key)
	if err != nil {
		return err
	}
	// One new key for each application: sent again with the same key, it is filed once.
	once := map[string]string{"idempotency-key": random()}
	var filed struct {
		ID     string `json:"id"`
		Status string `json:"status"`
	}
	if _, err := gateway.Call(http.MethodPost, "/api/v1/cases", application, once, &filed); err != nil {
		return err
	}
	fmt.Println("filed", filed.ID, filed.Status)
	again, err := gateway.Call(http.MethodPost, "/api/v1/cases", application, once, nil)
	if err != nil {
		return err
	}
	fmt.Println("replayed", again.Get("idempotency-replayed"))
	other := map[string]string{"idempotency-key": random()}
	var problem *Problem
	if _, err := gateway.Call(http.MethodPost, "/api/v1/cases", []byte("{}"), other, nil); errors.As(err, &problem) {
		fmt.Println("refused", problem.Code)
	}
	return nil
}

func verify(secret string) error {
	post, err := io.ReadAll(os.Stdin)
	if err != nil {
		return err
	}
	parts := bytes.SplitN(post, []byte("\n"), 4)
	if err := VerifyWebhook(string(parts[0]), string(parts[1]), string(parts[2]), parts[3], secret); err != nil {
		return err
	}
	var event struct {
		Type string `json:"type"`
	}
	if err := json.Unmarshal(parts[3], &event); err != nil {
		return err
	}
	fmt.Println("taken", event.Type)
	return nil
}

func main() {
	var err error
	if os.Args[1] == "file" {
		err = file(os.Args[2], os.Args[3], os.Args[4], os.Args[5])
	} else {
		err = verify(os.Args[2])
	}
	if err != nil {
		fmt.Println("refused", err)
		os.Exit(1)
	}
}
