"""Reads the comms of one queue of ActiveMQ Classic or Artemis over STOMP, plain and encrypted, until Ctrl-C."""

import argparse
import json
import os
import re
import signal
import sys
import time
import uuid
from queue import Empty, SimpleQueue
from urllib.parse import urlsplit

import stomp

from open_message import BadKeyFile, MissingKey, PoisonMessage, open_message, read_keys

OWN_HEADERS = re.compile(r"comms[A-Z]\w*|deliveryMethod|type|correlation-id|content-type")
READ_KEYS_AGAIN_AFTER = 10  # seconds


class Stopped(Exception):
    """The program is to end while a message waits for its key."""


class Inbox(stomp.ConnectionListener):
    """Hands what the broker sends to the main thread, which does the work."""

    def __init__(self):
        self.frames = SimpleQueue()

    def on_message(self, frame):
        self.frames.put(frame)

    def on_receipt(self, frame):
        self.frames.put(frame)

    def on_connected(self, frame):
        self.frames.put(frame)

    def on_error(self, frame):
        self.frames.put(SystemExit(f"ended: the broker says: {frame.headers.get('message')}"))

    def on_disconnected(self):
        self.frames.put(SystemExit("ended: the connection to the broker is lost"))

    def next(self, timeout=None):
        """The next frame, or None when the program is to end. Raises Empty after `timeout` seconds."""
        frame = self.frames.get(timeout=timeout)
        if isinstance(frame, SystemExit):
            raise frame
        return frame


class Consumer:
    def __init__(self, connection, inbox, options):
        self.connection, self.inbox, self.options = connection, inbox, options
        self.keys = read_keys(options.keys)
        # The pairs of id and sending whose work is done. They belong into your database: under a unique key, written
        # in the transaction of the work itself. Here they are forgotten when the program ends.
        self.done = set()
        self.waiting = []

    def run(self):
        server = self.inbox.next().headers.get("server", "")
        prefix = "" if "artemis" in server.lower() else "/queue/"
        self.rejected = f"{prefix}{self.options.queue}.rejected"
        # Without ANYCAST, Artemis gives a consumer that is there before the first message nothing, and no error.
        headers = {"subscription-type": "ANYCAST"}
        self.connection.subscribe(prefix + self.options.queue, id="1", ack="client-individual", headers=headers)
        print(f"reading {self.options.queue}", file=sys.stderr)
        while (frame := self.waiting.pop(0) if self.waiting else self.inbox.next()) is not None:
            self.take(frame)

    def take(self, frame):
        """Acknowledges after the work is done, never before: what is not acknowledged comes again."""
        try:
            comm = self.open_once_key_is_there(frame)
            # Release 0.1.0 wrote no `sending`.
            pair = (comm["commsDistributionId"], comm.get("sending", "0"))
            if pair in self.done:
                print(f"dropped a repeat of comm {pair[0]}", file=sys.stderr)
            else:
                self.handle(comm)
            self.done.add(pair)
        except PoisonMessage as reason:
            self.reject(frame, str(reason))
        self.connection.ack(frame.headers["ack"])

    def open_once_key_is_there(self, frame):
        """Holds a message whose key is not there yet, unacknowledged, and those after it. To end instead would count
        as a delivery each time, and after some of them the broker takes the message away."""
        told = False
        while True:
            try:
                return open_message(frame.headers.get("content-type"), frame.body, self.keys)
            except MissingKey as kid:
                if not told:
                    print(f"no key {kid} in the key set: {self.waiting_for()}", file=sys.stderr)
                told = True
            self.wait()
            try:
                self.keys = read_keys(self.options.keys)
            except BadKeyFile:
                pass  # It may just be being replaced: the next look finds it good.

    def waiting_for(self):
        if self.options.keys is None:
            return "holding the message; start again with --keys"
        return f"holding the message until the key is in {self.options.keys}, which is read every 10 s"

    def wait(self):
        """Keeps what comes in the meantime for later, but for the wish to end."""
        deadline = time.monotonic() + READ_KEYS_AGAIN_AFTER
        while (left := deadline - time.monotonic()) > 0:
            if None in self.waiting:
                raise Stopped
            try:
                self.waiting.append(self.inbox.next(left))
            except Empty:
                return

    def handle(self, comm):
        """Your work. The text is personal data: it is shown only where --print asks for it."""
        print(f"handled comm {comm['commsDistributionId']}", file=sys.stderr)
        if self.options.print:
            print(json.dumps(comm), flush=True)

    def reject(self, frame, code):
        """Puts it aside on a queue of its own, and waits until the broker has it. Never NACK: Artemis throws a message
        away for it over STOMP, and Classic takes it to a queue for dead letters that many share."""
        receipt = str(uuid.uuid4())
        headers = {name: value for name, value in frame.headers.items() if OWN_HEADERS.fullmatch(name)}
        headers |= {"persistent": "true", "destination-type": "ANYCAST", "rejectedAs": code, "receipt": receipt}
        self.connection.send(self.rejected, frame.body, headers=headers)
        while (answer := self.inbox.next()) is None or answer.headers.get("receipt-id") != receipt:
            self.waiting.append(answer)
        print(f"rejected comm {headers.get('commsDistributionId', 'without an id')}: {code}", file=sys.stderr)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("url", help="stomp://HOST:PORT or stomp+ssl://HOST:PORT")
    parser.add_argument("queue")
    parser.add_argument("--keys", help="a JWK set with the private keys")
    parser.add_argument("--print", action="store_true", help="print each comm, one JSON document a line")
    options = parser.parse_args()
    url = urlsplit(options.url)
    inbox = Inbox()
    # auto_content_length=False: ActiveMQ makes a BytesMessage of a frame with a length, and a TextMessage of one without.
    # Without heart-beats, Artemis ends a connection that is silent for 60 seconds.
    connection = stomp.Connection12(
        [(url.hostname, url.port)], auto_content_length=False, reconnect_attempts_max=1, heartbeats=(10000, 10000)
    )
    if url.scheme == "stomp+ssl":
        connection.set_ssl([(url.hostname, url.port)], ca_certs=os.environ.get("SSL_CERT_FILE"))
    connection.set_listener("", inbox)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: inbox.frames.put(None))
    try:
        consumer = Consumer(connection, inbox, options)
        connection.connect(os.environ.get("BROKER_USERNAME"), os.environ.get("BROKER_PASSWORD"), wait=True)
        consumer.run()
    except Stopped:
        pass  # The message is not acknowledged: it comes again.
    except BadKeyFile as reason:
        raise SystemExit(f"ended: {reason}") from None
    except stomp.exception.ConnectFailedException:
        raise SystemExit("ended: the broker can't be reached or refuses the login") from None
    finally:
        if connection.is_connected():
            connection.disconnect()


if __name__ == "__main__":
    main()
