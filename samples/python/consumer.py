"""Reads the comms of one queue of ActiveMQ Classic or Artemis over STOMP, plain and encrypted, until Ctrl-C."""

import argparse
import logging
import os
import re
import signal
import socket
import sys
import time
import uuid
from datetime import datetime, timezone
from queue import Empty, SimpleQueue
from threading import Event
from urllib.parse import urlsplit

import stomp

from open_message import BadKeyFile, MissingKey, PoisonMessage, open_message, read_keys, shown

OWN_HEADERS = re.compile(r"comms[A-Z]\w*|deliveryMethod|type|correlation-id|content-type")
READ_KEYS_AGAIN_AFTER = 10  # seconds
CONNECT_TIMEOUT = 10  # seconds
LOST = "ended: the connection to the broker is lost"


class Stopped(Exception):
    """The program is to end while a message waits for its key."""


class Connection(stomp.Connection12):
    def send_frame(self, *frame, **more):
        try:
            super().send_frame(*frame, **more)
        except (stomp.exception.NotConnectedException, OSError):
            raise SystemExit(LOST) from None


class Inbox(stomp.ConnectionListener):
    """Hands what the broker sends to the main thread, which does the work."""

    def __init__(self, address):
        self.frames = SimpleQueue()
        self.connected = False
        self.stopping = Event()
        self.wrong_port = SystemExit(f"ended: {address} does not speak STOMP: is it the broker's STOMP port?")

    def stop(self, *_):
        """The program is to end after the message in hand: those that the broker has sent ahead stay on the queue."""
        self.stopping.set()
        self.frames.put(None)  # Ends a wait for the next frame.

    def on_message(self, frame):
        self.frames.put(frame)

    def on_receipt(self, frame):
        self.frames.put(frame)

    def on_connected(self, frame):
        self.connected = True
        self.frames.put(frame)

    def on_error(self, frame):
        says = f"the broker says: {shown(frame.headers.get('message', ''))}"
        self.frames.put(SystemExit(f"ended: {says if self.connected else 'the broker refuses the login'}"))

    def on_disconnected(self):
        self.frames.put(SystemExit(LOST) if self.connected else self.wrong_port)

    def server(self):
        """What CONNECTED says of the broker, or None when the program is to end."""
        try:
            frame = self.next(CONNECT_TIMEOUT)
        except Empty:
            raise self.wrong_port from None
        return frame and frame.headers.get("server", "")

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
        self.takes_plain = options.keys is None or options.allow_plain
        # The pairs of id and sending whose work is done. They belong into your database: under a unique key, written
        # in the transaction of the work itself. Here they are forgotten when the program ends.
        self.done = set()
        self.waiting = []

    def run(self):
        server = self.inbox.server()
        if server is None:
            return
        prefix = "" if "artemis" in server.lower() else "/queue/"
        self.rejected = f"{prefix}{self.options.queue}.rejected"
        # Without ANYCAST, Artemis gives a consumer that is there before the first message nothing, and no error.
        # Without a prefetch size, one reader would take the whole queue on Classic.
        headers = {"subscription-type": "ANYCAST", "activemq.prefetchSize": "10"}
        self.connection.subscribe(prefix + self.options.queue, id="1", ack="client-individual", headers=headers)
        print(f"reading {self.options.queue}", file=sys.stderr)
        while (frame := self.next()) is not None:
            self.take(frame)

    def next(self):
        frame = self.waiting.pop(0) if self.waiting else self.inbox.next()
        return None if self.inbox.stopping.is_set() else frame

    def take(self, frame):
        """Acknowledges after the work is done, never before: what is not acknowledged comes again."""
        try:
            self.handle_once(self.open_once_key_is_there(frame))
        except PoisonMessage as reason:
            self.reject(frame, str(reason))
        self.connection.ack(frame.headers["ack"])

    def handle_once(self, comm):
        pair = (comm.id, comm.sending)
        if pair in self.done:
            print(f"dropped a repeat of comm {comm.id}", file=sys.stderr)
        # By the clock of this machine.
        elif comm.time_is_over_at and comm.time_is_over_at < datetime.now(timezone.utc):
            print(f"dropped comm {comm.id}: its time is over", file=sys.stderr)
        else:
            self.handle(comm)
            self.done.add(pair)

    def open_once_key_is_there(self, frame):
        """Holds a message whose key is not there yet, unacknowledged, and those after it. To end instead would count
        as a delivery each time, and after some of them the broker takes the message away."""
        told, problem = False, None
        while True:
            try:
                return open_message(frame.headers.get("content-type"), frame.body, self.keys, self.takes_plain)
            except MissingKey as kid:
                if not told:
                    print(f"no key {kid} in the key set: {self.waiting_for()}", file=sys.stderr)
                told = True
            self.wait()
            try:
                self.keys = read_keys(self.options.keys)
            except BadKeyFile as reason:  # It may just be being replaced: the next look finds it good.
                if str(reason) != problem:
                    print(reason, file=sys.stderr)
                problem = str(reason)

    def waiting_for(self):
        if self.options.keys is None:
            return "holding the message; start again with --keys"
        return f"holding the message until the key is in {self.options.keys}, which is read every 10 s"

    def wait(self):
        """Keeps what comes in the meantime for later, except a request to end."""
        deadline = time.monotonic() + READ_KEYS_AGAIN_AFTER
        while (left := deadline - time.monotonic()) > 0:
            if self.inbox.stopping.is_set():
                raise Stopped
            try:
                self.waiting.append(self.inbox.next(left))
            except Empty:
                return

    def handle(self, comm):
        """Your work. The text is personal data: it is shown only with --print, unchanged."""
        print(f"handled comm {comm.id}", file=sys.stderr)
        if self.options.print:
            sys.stdout.buffer.write(comm.text + b"\n")
            sys.stdout.buffer.flush()

    def reject(self, frame, code):
        """Puts it aside on another queue, and waits until the broker has it. Never NACK: Artemis throws a message
        away for it over STOMP, and Classic takes it to a queue for dead letters that many share."""
        receipt = str(uuid.uuid4())
        headers = {name: value for name, value in frame.headers.items() if OWN_HEADERS.fullmatch(name)}
        headers |= {"persistent": "true", "destination-type": "ANYCAST", "rejectedAs": code, "receipt": receipt}
        # Without a length, a NUL in the body would end the frame, and what follows would be another one.
        if not is_text(frame.body):
            headers["content-length"] = len(frame.body)
        self.connection.send(self.rejected, frame.body, headers=headers)
        while (answer := self.inbox.next()) is None or answer.headers.get("receipt-id") != receipt:
            self.waiting.append(answer)
        name = frame.headers.get("commsDistributionId")
        print(f"rejected comm {'without an id' if name is None else shown(name)}: {code}", file=sys.stderr)


def is_text(body):
    try:
        return "\0" not in body.decode("utf-8")
    except ValueError:
        return False


def why_not_reached(host, port):
    try:
        socket.create_connection((host, port), CONNECT_TIMEOUT).close()
    except socket.gaierror:
        return "unknown host"
    except ConnectionRefusedError:
        return "connection refused"
    except socket.timeout:
        return "no answer"
    except OSError as error:
        return error.strerror
    return "no TLS, or a certificate that is not trusted"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("url", help="stomp://HOST:PORT or stomp+ssl://HOST:PORT")
    parser.add_argument("queue")
    parser.add_argument("--keys", help="a JWK set with the private keys")
    parser.add_argument("--allow-plain", action="store_true", help="take plain messages too where --keys is given")
    parser.add_argument("--print", action="store_true", help="print each comm, one JSON document a line")
    options = parser.parse_args()
    if not re.fullmatch(r"stomp(\+ssl)?://[^/]+:[0-9]+", options.url):
        parser.error("the URL must be stomp://HOST:PORT or stomp+ssl://HOST:PORT")
    url = urlsplit(options.url)
    address = url.netloc.rpartition("@")[2]
    inbox = Inbox(address)
    logging.getLogger("stomp.py").setLevel(logging.CRITICAL)
    # auto_content_length=False: ActiveMQ makes a BytesMessage of a frame with a length, and a TextMessage of one without.
    # Without heart-beats, Artemis ends a connection that is silent for 60 seconds.
    connection = Connection(
        [(url.hostname, url.port)],
        auto_content_length=False,
        auto_decode=False,
        heartbeats=(10000, 10000),
        reconnect_attempts_max=1,
        timeout=CONNECT_TIMEOUT,
    )
    if url.scheme == "stomp+ssl":
        connection.set_ssl([(url.hostname, url.port)], ca_certs=os.environ.get("SSL_CERT_FILE"))
    connection.set_listener("", inbox)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, inbox.stop)
    try:
        consumer = Consumer(connection, inbox, options)
        connection.connect(os.environ.get("BROKER_USERNAME"), os.environ.get("BROKER_PASSWORD"))
        consumer.run()
    except Stopped:
        pass  # The message is not acknowledged: it comes again.
    except BadKeyFile as reason:
        raise SystemExit(f"ended: {reason}") from None
    except stomp.exception.ConnectFailedException:
        reason = why_not_reached(url.hostname, url.port)
        raise SystemExit(f"ended: cannot reach {address} ({reason})") from None
    finally:
        if connection.is_connected():
            connection.disconnect()


if __name__ == "__main__":
    main()
