package main

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/rsa"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/go-jose/go-jose/v4"
)

// Comm is what a message holds.
type Comm struct {
	ID, Sending  string
	Members      map[string]any // all of them; numbers are json.Number, since 1.0 is no int
	Text         []byte         // unchanged
	TimeIsOverAt time.Time      // zero where it never is
}

// Poison is a message that no later try can help; it is a code.
type Poison string

func (code Poison) Error() string { return string(code) }

// MissingKey is the kid of a message whose key is not in the set: that is not the message's fault.
type MissingKey string

func (kid MissingKey) Error() string { return "no key " + shown(string(kid)) + " in the key set" }

var plain = regexp.MustCompile(`^[A-Za-z0-9._~-]{1,100}$`)

// shown is how a value that a stranger may have written stands in a line of the log: it can begin no line of its own.
func shown(value string) string {
	if plain.MatchString(value) {
		return value
	}
	characters := []rune(value)
	return strconv.QuoteToASCII(string(characters[:min(len(characters), 100)]))
}

// keySet has the private and symmetric keys by their kid.
type keySet map[string]jose.JSONWebKey

// readKeys reads a JWK set, or a single JWK. Members that open no message are skipped, and so is X25519, which
// go-jose does not know. An error names the file and the reason, and never what the file holds.
func readKeys(path string) (keySet, error) {
	keys := keySet{}
	if path == "" {
		return keys, nil
	}
	text, err := os.ReadFile(path)
	var cause *fs.PathError
	if errors.As(err, &cause) {
		return nil, fmt.Errorf("key file %s: can't be read (%w)", path, cause.Err)
	}
	members, reason := membersOf(text)
	for _, member := range members {
		var key jose.JSONWebKey
		if json.Unmarshal(member, &key) == nil && usable(key) {
			keys[key.KeyID] = key
		}
	}
	if reason == "" && len(keys) == 0 {
		reason = "holds no private or symmetric key with a kid that opens messages"
	}
	if reason != "" {
		return nil, fmt.Errorf("key file %s: %s", path, reason)
	}
	return keys, nil
}

// membersOf returns the JWKs of a file, or the reason why it has none.
func membersOf(text []byte) (members []json.RawMessage, reason string) {
	if bytes.Contains(text, []byte("-----BEGIN")) {
		return nil, "is a PEM, and must be a JWK set: see samples/node/key-set.mjs"
	}
	if !json.Valid(text) {
		return nil, "is not JSON"
	}
	var set struct {
		Keys []json.RawMessage `json:"keys"`
		Kty  string            `json:"kty"`
	}
	switch err := json.Unmarshal(text, &set); {
	case err == nil && set.Keys != nil:
		return set.Keys, ""
	case err == nil && set.Kty != "":
		return []json.RawMessage{text}, ""
	}
	return nil, "holds neither a JWK set nor a JWK"
}

func usable(key jose.JSONWebKey) bool {
	return key.KeyID != "" && slices.Contains(algorithmsOf(key), algorithmOf(key))
}

// openMessage returns Poison where the message can't be read, and MissingKey where its key is not in the set.
func openMessage(contentType, body string, keys keySet, takesPlain bool) (Comm, error) {
	if contentType == "application/jose" {
		text, err := decrypt(body, keys)
		if err != nil {
			return Comm{}, err
		}
		return judge(text)
	}
	if !takesPlain {
		return Comm{}, Poison("NOT_ENCRYPTED") // Anyone who may write to the queue can write plain text.
	}
	return judge([]byte(body))
}

var (
	id      = regexp.MustCompile(`^[0-9]{1,19}$`)
	digits  = regexp.MustCompile(`^[0-9]{1,20}$`)
	instant = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?Z$`)
)

func judge(text []byte) (comm Comm, err error) {
	comm.Text = text
	numbersAsTheyAre := json.NewDecoder(bytes.NewReader(text))
	numbersAsTheyAre.UseNumber()
	if !utf8.Valid(text) || !json.Valid(text) || numbersAsTheyAre.Decode(&comm.Members) != nil {
		return comm, Poison("MALFORMED")
	}
	version, isNumber := comm.Members["version"].(json.Number)
	if !isNumber {
		return comm, Poison("MALFORMED")
	}
	// Before the other members: those of a later version may differ. A number out of range is infinite.
	if number, _ := version.Float64(); !(number >= 1 && number < 2) {
		return comm, Poison("UNKNOWN_VERSION")
	}
	comm.ID, _ = comm.Members["commsDistributionId"].(string)
	message, _ := comm.Members["message"].(string)
	comm.Sending = "0" // Release 0.1.0 wrote none.
	if sending, given := comm.Members["sending"]; given {
		comm.Sending, _ = sending.(string)
	}
	if !id.MatchString(comm.ID) || message == "" || !digits.MatchString(comm.Sending) {
		return comm, Poison("MALFORMED")
	}
	if exclusion, given := comm.Members["timeExclusion"]; given {
		exclusion, _ := exclusion.(string)
		comm.TimeIsOverAt, err = time.Parse(time.RFC3339, exclusion)
		if err != nil || !instant.MatchString(exclusion) {
			return comm, Poison("MALFORMED")
		}
	}
	return comm, nil
}

// decrypt lets the key say the algorithm; the message may choose none.
func decrypt(body string, keys keySet) ([]byte, error) {
	known := []jose.KeyAlgorithm{jose.RSA_OAEP_256, jose.ECDH_ES_A256KW, jose.A256KW, jose.DIRECT}
	message, err := jose.ParseEncryptedCompact(body, known, []jose.ContentEncryption{jose.A256GCM})
	if err != nil || message.Header.KeyID == "" {
		return nil, Poison("MALFORMED")
	}
	// Compressed, a short message could grow without limit.
	if _, zipped := message.Header.ExtraHeaders["zip"]; zipped {
		return nil, Poison("MALFORMED")
	}
	key, found := keys[message.Header.KeyID]
	if !found {
		return nil, MissingKey(message.Header.KeyID)
	}
	if message.Header.Algorithm != string(algorithmOf(key)) {
		return nil, Poison("NOT_DECRYPTABLE")
	}
	text, err := message.Decrypt(key.Key)
	if err != nil {
		return nil, Poison("NOT_DECRYPTABLE")
	}
	return text, nil
}

// algorithmOf returns what the key says, else the first of its type, or none.
func algorithmOf(key jose.JSONWebKey) jose.KeyAlgorithm {
	if known := algorithmsOf(key); key.Algorithm == "" && known != nil {
		return known[0]
	}
	return jose.KeyAlgorithm(key.Algorithm)
}

func algorithmsOf(key jose.JSONWebKey) []jose.KeyAlgorithm {
	switch secret := key.Key.(type) {
	case *rsa.PrivateKey:
		return []jose.KeyAlgorithm{jose.RSA_OAEP_256}
	case *ecdsa.PrivateKey:
		return []jose.KeyAlgorithm{jose.ECDH_ES_A256KW}
	case []byte:
		if len(secret) == 32 {
			return []jose.KeyAlgorithm{jose.A256KW, jose.DIRECT}
		}
	}
	return nil
}
