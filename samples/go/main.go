// Reads the comms of one queue of ActiveMQ Classic or Artemis over AMQP 1.0, plain and encrypted, until Ctrl-C.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/Azure/go-amqp"
	"github.com/go-jose/go-jose/v4"
)

// Without it, Artemis gives a consumer that is there before the first message nothing, and no error.
var queueCapability = []string{"queue"}

type consumer struct {
	receiver *amqp.Receiver
	rejected *amqp.Sender
	keys     jose.JSONWebKeySet
	print    bool
	// The pairs of id and sending whose work is done. They belong into your database: under a unique key, written in
	// the transaction of the work itself. Here they are forgotten when the program ends.
	done map[[2]string]bool
}

func main() {
	keysFile := flag.String("keys", "", "a JWK set with the private keys")
	show := flag.Bool("print", false, "print each comm, one JSON document a line")
	flag.Parse()
	if flag.NArg() != 2 {
		fmt.Fprintln(os.Stderr, "usage: consumer [-keys JWK-SET-FILE] [-print] amqp://HOST:PORT QUEUE")
		os.Exit(64)
	}
	keys, err := readKeys(*keysFile)
	if err == nil {
		err = run(flag.Arg(0), flag.Arg(1), consumer{keys: keys, print: *show, done: map[[2]string]bool{}})
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "ended:", err)
		os.Exit(1)
	}
}

func run(url, queue string, c consumer) error {
	stopped, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	login := amqp.SASLTypePlain(os.Getenv("BROKER_USERNAME"), os.Getenv("BROKER_PASSWORD"))
	connection, err := amqp.Dial(stopped, url, &amqp.ConnOptions{SASLType: login})
	if err != nil {
		return err
	}
	defer connection.Close()
	session, err := connection.NewSession(stopped, nil)
	if err != nil {
		return err
	}
	c.receiver, err = session.NewReceiver(stopped, queue, &amqp.ReceiverOptions{SourceCapabilities: queueCapability, Credit: 10})
	if err != nil {
		return err
	}
	c.rejected, err = session.NewSender(stopped, queue+".rejected", &amqp.SenderOptions{TargetCapabilities: queueCapability})
	if err != nil {
		return err
	}
	fmt.Fprintln(os.Stderr, "reading", queue)
	for {
		message, err := c.receiver.Receive(stopped, nil)
		if stopped.Err() != nil {
			return nil // What was not accepted stays on the queue.
		}
		if err != nil {
			return err
		}
		// The work in hand is done to its end, also when a signal comes: hence a context of its own.
		if err := c.take(context.Background(), message); err != nil {
			return err
		}
	}
}

// take accepts after the work is done, never before: what is not accepted comes again.
func (c *consumer) take(ctx context.Context, message *amqp.Message) error {
	body, _ := message.Value.(string)
	comm, err := openMessage(contentType(message), body, c.keys)
	var poison Poison
	switch {
	case errors.As(err, &poison):
		err = c.reject(ctx, message, poison)
	case err == nil:
		err = c.handleOnce(comm)
	}
	if err != nil {
		return err
	}
	return c.receiver.AcceptMessage(ctx, message)
}

// contentType is an application property, which Artemis shows under a name of its own.
func contentType(message *amqp.Message) string {
	for _, name := range []string{"content-type", "_AMQ_CONTENT_TYPE"} {
		if value, ok := message.ApplicationProperties[name].(string); ok {
			return value
		}
	}
	return ""
}

func (c *consumer) handleOnce(comm Comm) error {
	pair := [2]string{comm.CommsDistributionID, comm.Sending}
	if c.done[pair] {
		fmt.Fprintln(os.Stderr, "dropped a repeat of comm", comm.CommsDistributionID)
		return nil
	}
	if err := c.handle(comm); err != nil {
		return err
	}
	c.done[pair] = true
	return nil
}

// handle is your work. The text is personal data: it is shown only where -print asks for it.
func (c *consumer) handle(comm Comm) error {
	fmt.Fprintln(os.Stderr, "handled comm", comm.CommsDistributionID)
	if c.print {
		return json.NewEncoder(os.Stdout).Encode(comm)
	}
	return nil
}

// reject puts the message aside on a queue of its own, and waits until the broker has it. AMQP's own "rejected" takes it
// to a queue for dead letters that many share, or nowhere where the broker has none.
func (c *consumer) reject(ctx context.Context, message *amqp.Message, code Poison) error {
	properties := map[string]any{"rejectedAs": string(code)}
	for name, value := range message.ApplicationProperties {
		if strings.HasPrefix(name, "comms") || name == "deliveryMethod" {
			properties[name] = value
		}
	}
	header, copied := &amqp.MessageHeader{Durable: true}, message.Value
	if err := c.rejected.Send(ctx, &amqp.Message{Header: header, ApplicationProperties: properties, Value: copied}, nil); err != nil {
		return err
	}
	fmt.Fprintln(os.Stderr, "rejected comm", message.ApplicationProperties["commsDistributionId"], "as", code)
	return nil
}
