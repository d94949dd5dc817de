// Reads the comms of one queue of ActiveMQ Classic or Artemis over AMQP 1.0, plain and encrypted, until Ctrl-C.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	neturl "net/url"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/Azure/go-amqp"
)

// Without it, Artemis gives a consumer that is there before the first message nothing, and no error.
var queueCapability = []string{"queue"}

const (
	dialTimeout        = 10 * time.Second
	readKeysAgainAfter = 10 * time.Second
)

type consumer struct {
	connection *amqp.Conn
	receiver   *amqp.Receiver
	rejected   *amqp.Sender
	keysFile   string
	keys       keySet
	takesPlain bool
	print      bool
	// The pairs of id and sending whose work is done. They belong into your database: under a unique key, written in
	// the transaction of the work itself. Here they are forgotten when the program ends.
	done map[[2]string]bool
}

func main() {
	keysFile := flag.String("keys", "", "a JWK set with the private keys")
	allowPlain := flag.Bool("allow-plain", false, "take plain messages too where --keys is given")
	show := flag.Bool("print", false, "print each comm, one JSON document a line")
	flag.Parse()
	if flag.NArg() != 2 {
		fmt.Fprintln(os.Stderr, "usage: consumer [--keys JWK-SET-FILE [--allow-plain]] [--print] amqp://HOST:PORT|amqps://HOST:PORT QUEUE")
		os.Exit(64)
	}
	keys, err := readKeys(*keysFile)
	if err == nil {
		c := consumer{keysFile: *keysFile, keys: keys, print: *show, done: map[[2]string]bool{}}
		c.takesPlain = *keysFile == "" || *allowPlain
		err = run(flag.Arg(0), flag.Arg(1), c)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "ended:", err)
		os.Exit(1)
	}
}

func run(url, queue string, c consumer) error {
	stopped, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	connection, err := dial(stopped, url)
	if err != nil {
		return err
	}
	defer connection.Close()
	c.connection = connection
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
	// Closing the connection alone can cut off the last acceptances before the broker has them.
	defer func() {
		ctx, cancel := context.WithTimeout(context.Background(), dialTimeout)
		defer cancel()
		_ = c.receiver.Close(ctx)
		_ = session.Close(ctx)
	}()
	fmt.Fprintln(os.Stderr, "reading", queue)
	for {
		message, err := c.receiver.Receive(stopped, nil)
		if stopped.Err() != nil {
			return nil // What was not accepted stays on the queue.
		}
		if err != nil {
			return err
		}
		err = c.take(stopped, message)
		if stopped.Err() != nil && errors.As(err, new(MissingKey)) {
			return nil // Nor was the message that waits for its key.
		}
		if err != nil {
			return err
		}
	}
}

func dial(stopped context.Context, url string) (*amqp.Conn, error) {
	ctx, cancel := context.WithTimeout(stopped, dialTimeout)
	defer cancel()
	login := amqp.SASLTypePlain(os.Getenv("BROKER_USERNAME"), os.Getenv("BROKER_PASSWORD"))
	connection, err := amqp.Dial(ctx, url, &amqp.ConnOptions{SASLType: login})
	if err == nil {
		return connection, nil
	}
	// The error of a URL that can't be read shows it, and it may hold a password.
	parsed, unreadable := neturl.Parse(url)
	if unreadable != nil || !slices.Contains([]string{"amqp", "amqps"}, parsed.Scheme) {
		return nil, errors.New("the URL must be amqp://HOST:PORT or amqps://HOST:PORT")
	}
	return nil, whyNot(err, parsed.Host)
}

func whyNot(err error, host string) error {
	var unknown *net.DNSError
	var network *net.OpError
	switch {
	case strings.Contains(err.Error(), "SASL PLAIN auth failed"):
		return errors.New("the broker refuses the login")
	case errors.As(err, &unknown):
		return fmt.Errorf("cannot reach %s (unknown host)", host)
	case errors.Is(err, syscall.ECONNREFUSED):
		return fmt.Errorf("cannot reach %s (connection refused)", host)
	case errors.As(err, &network) && network.Op == "dial":
		return fmt.Errorf("cannot reach %s (%w)", host, network.Err)
	case strings.Contains(err.Error(), "tls: "):
		return fmt.Errorf("cannot reach %s (%w)", host, err)
	}
	return fmt.Errorf("%s does not speak AMQP 1.0: is it the broker's AMQP port?", host)
}

// openOnceKeyIsThere holds a message whose key is not there yet, unaccepted, and those after it. To end instead would
// count as a delivery each time, and after some of them the broker takes the message away.
func (c *consumer) openOnceKeyIsThere(stopped context.Context, message *amqp.Message) (Comm, error) {
	problem := ""
	for told := false; ; told = true {
		comm, err := openMessage(contentType(message), bodyOf(message), c.keys, c.takesPlain)
		var missing MissingKey
		if !errors.As(err, &missing) {
			return comm, err
		}
		if !told {
			fmt.Fprintf(os.Stderr, "%s: %s\n", missing.Error(), c.waitingFor())
		}
		select {
		case <-stopped.Done():
			return comm, err
		case <-c.connection.Done():
			return comm, c.connection.Err()
		case <-time.After(readKeysAgainAfter):
		}
		// A file that is just being replaced may be bad: the next look finds it good.
		keys, err := readKeys(c.keysFile)
		if err == nil {
			c.keys = keys
		} else if err.Error() != problem {
			problem = err.Error()
			fmt.Fprintln(os.Stderr, problem)
		}
	}
}

func (c *consumer) waitingFor() string {
	if c.keysFile == "" {
		return "holding the message; start again with --keys"
	}
	return "holding the message until the key is in " + c.keysFile + ", which is read every 10 s"
}

// take accepts after the work is done, never before: what is not accepted comes again.
func (c *consumer) take(stopped context.Context, message *amqp.Message) error {
	comm, err := c.openOnceKeyIsThere(stopped, message)
	// The work in hand is done to its end, also when a signal comes.
	ctx := context.WithoutCancel(stopped)
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

// contentType is an application property, which Artemis shows under another name.
func contentType(message *amqp.Message) string {
	for _, name := range []string{"content-type", "_AMQ_CONTENT_TYPE"} {
		if value, ok := message.ApplicationProperties[name].(string); ok {
			return value
		}
	}
	return ""
}

// bodyOf also reads the bytes of a sender that sets no type.
func bodyOf(message *amqp.Message) string {
	if text, ok := message.Value.(string); ok {
		return text
	}
	return string(message.GetData())
}

func (c *consumer) handleOnce(comm Comm) error {
	pair := [2]string{comm.ID, comm.Sending}
	if c.done[pair] {
		fmt.Fprintln(os.Stderr, "dropped a repeat of comm", comm.ID)
		return nil
	}
	// By the clock of this machine.
	if !comm.TimeIsOverAt.IsZero() && comm.TimeIsOverAt.Before(time.Now()) {
		fmt.Fprintf(os.Stderr, "dropped comm %s: its time is over\n", comm.ID)
		return nil
	}
	if err := c.handle(comm); err != nil {
		return err
	}
	c.done[pair] = true
	return nil
}

// handle is your work. The text is personal data: it is shown only with --print, unchanged.
func (c *consumer) handle(comm Comm) error {
	fmt.Fprintln(os.Stderr, "handled comm", comm.ID)
	if !c.print {
		return nil
	}
	_, err := fmt.Printf("%s\n", comm.Text)
	return err
}

var otherOwnProperties = []string{"deliveryMethod", "content-type", "_AMQ_CONTENT_TYPE"}

// reject puts the message aside on another queue, and waits until the broker has it. AMQP's own "rejected" takes it
// to a queue for dead letters that many share, or nowhere where the broker has none.
func (c *consumer) reject(ctx context.Context, message *amqp.Message, code Poison) error {
	properties := map[string]any{"rejectedAs": string(code)}
	for name, value := range message.ApplicationProperties {
		if strings.HasPrefix(name, "comms") || slices.Contains(otherOwnProperties, name) {
			properties[name] = value
		}
	}
	header := &amqp.MessageHeader{Durable: true, Priority: 4}
	aside := &amqp.Message{Header: header, ApplicationProperties: properties, Value: message.Value, Data: message.Data}
	if given := message.Properties; given != nil {
		aside.Properties = &amqp.MessageProperties{Subject: given.Subject, CorrelationID: given.CorrelationID}
	}
	if err := c.rejected.Send(ctx, aside, nil); err != nil {
		return err
	}
	name := "without an id"
	if id, known := message.ApplicationProperties["commsDistributionId"]; known {
		name = shown(fmt.Sprint(id))
	}
	fmt.Fprintf(os.Stderr, "rejected comm %s: %s\n", name, code)
	return nil
}
