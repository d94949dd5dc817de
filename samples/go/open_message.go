package main

import (
	"crypto/ecdsa"
	"crypto/rsa"
	"encoding/json"
	"fmt"
	"os"

	"github.com/go-jose/go-jose/v4"
)

// Comm is what a message holds. New members may come: those that are not named here are left out.
type Comm struct {
	CommsDistributionID string      `json:"commsDistributionId"`
	CommsRequestID      string      `json:"commsRequestId"`
	CommsCode           string      `json:"commsCode,omitempty"`
	InterfaceType       string      `json:"interfaceType"`
	Version             json.Number `json:"version"` // 1.0, which is no int
	Priority            int         `json:"priority"`
	Target              string      `json:"target,omitempty"`
	Alias               string      `json:"alias,omitempty"`
	Message             string      `json:"message"`
	TimeExclusion       string      `json:"timeExclusion,omitempty"`
	Sending             string      `json:"sending"`
}

// Poison is a message that no later try can help; it is a code.
type Poison string

func (code Poison) Error() string { return string(code) }

// readKeys reads the private and symmetric keys of a JWK set. go-jose knows no X25519: a set that holds such a key is
// refused as a whole.
func readKeys(path string) (keys jose.JSONWebKeySet, err error) {
	if path == "" {
		return keys, nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return keys, err
	}
	return keys, json.Unmarshal(text, &keys)
}

// openMessage returns Poison where the message can't be read, and another error where its key is not in the set: that
// is not the message's fault.
func openMessage(contentType, body string, keys jose.JSONWebKeySet) (comm Comm, err error) {
	text := []byte(body)
	if contentType == "application/jose" {
		if text, err = decrypt(body, keys); err != nil {
			return comm, err
		}
	}
	if json.Unmarshal(text, &comm) != nil || comm.CommsDistributionID == "" {
		return comm, Poison("MALFORMED")
	}
	if version, err := comm.Version.Float64(); err != nil || version < 1 || version >= 2 {
		return comm, Poison("UNKNOWN_VERSION")
	}
	if comm.Sending == "" {
		comm.Sending = "0" // Release 0.1.0 wrote none.
	}
	return comm, nil
}

// decrypt lets the key say the algorithm; the message may choose none.
func decrypt(body string, keys jose.JSONWebKeySet) ([]byte, error) {
	known := []jose.KeyAlgorithm{jose.RSA_OAEP_256, jose.ECDH_ES_A256KW, jose.A256KW, jose.DIRECT}
	message, err := jose.ParseEncryptedCompact(body, known, []jose.ContentEncryption{jose.A256GCM})
	if err != nil || message.Header.KeyID == "" {
		return nil, Poison("MALFORMED")
	}
	found := keys.Key(message.Header.KeyID)
	if len(found) == 0 {
		return nil, fmt.Errorf("no key %s in the key set: add it and start again", message.Header.KeyID)
	}
	if message.Header.Algorithm != string(algorithmOf(found[0])) {
		return nil, Poison("NOT_DECRYPTABLE")
	}
	text, err := message.Decrypt(found[0].Key)
	if err != nil {
		return nil, Poison("NOT_DECRYPTABLE")
	}
	return text, nil
}

func algorithmOf(key jose.JSONWebKey) jose.KeyAlgorithm {
	if key.Algorithm != "" {
		return jose.KeyAlgorithm(key.Algorithm)
	}
	switch key.Key.(type) {
	case *rsa.PrivateKey:
		return jose.RSA_OAEP_256
	case *ecdsa.PrivateKey:
		return jose.ECDH_ES_A256KW
	}
	return jose.A256KW
}
