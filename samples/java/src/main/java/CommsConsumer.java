import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Reads the comms of one queue by JMS, plain and encrypted, until Ctrl-C. The URL says by which client:
 * {@code openwire:tcp://host:61616} for ActiveMQ Classic, {@code core:tcp://host:61616} for Artemis.
 */
public final class CommsConsumer {
  private static final CountDownLatch ENDED = new CountDownLatch(1);
  private static volatile int exitCode = 0;
  private static final PrintStream OUT =
      new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
  private static final CountDownLatch ENDING = new CountDownLatch(1);
  private static final long READ_KEYS_AGAIN_AFTER_SECONDS = 10;
  private static final int CONNECT_TIMEOUT_MS = 10_000;

  /** Where both clients log. */
  private static final Logger CLIENT_LOG = Logger.getLogger("org.apache.activemq");

  /** Where the artemis client or the broker keeps what STOMP calls `content-type`. */
  private static final List<String> CONTENT_TYPES = List.of("content-type", "_AMQ_CONTENT_TYPE");

  private final Session session;
  private final String queue;
  private final Path keysFile;
  private final boolean allowPlain;
  private final boolean print;
  private MessageOpener opener;

  /**
   * The pairs of id and sending whose work is done. They belong into your database: under a unique key, written in the
   * transaction of the work itself. Here they are forgotten when the program ends.
   */
  private final Set<String> done = new HashSet<>();

  private CommsConsumer(Session session, String queue, Path keysFile, boolean allowPlain, boolean print)
      throws MessageOpener.BadKeyFile {
    this.session = session;
    this.queue = queue;
    this.keysFile = keysFile;
    this.allowPlain = allowPlain;
    this.opener = MessageOpener.of(keysFile, allowPlain);
    this.print = print;
  }

  /** The commit acknowledges, after the work is done, never before: what is not committed comes again. */
  private void run() throws Exception {
    MessageConsumer consumer = session.createConsumer(session.createQueue(queue));
    System.err.println("reading " + queue);
    while (ENDING.getCount() > 0) {
      Message message = consumer.receive(250);
      if (message == null) continue;
      try {
        MessageOpener.Comm comm = openOnceKeyIsThere(message);
        if (comm == null) return;
        handleOnce(comm);
      } catch (MessageOpener.PoisonMessage reason) {
        reject(message, reason.getMessage());
      }
      session.commit();
    }
  }

  /**
   * Holds a message whose key is not there yet, uncommitted, and those after it. To end instead would count as a
   * delivery each time, and after some of them the broker takes the message away. Null when the program is to end.
   */
  private MessageOpener.Comm openOnceKeyIsThere(Message message) throws Exception {
    String problem = null;
    for (boolean told = false; ; told = true) {
      try {
        return opener.open(contentType(message), bodyOf(message));
      } catch (MessageOpener.MissingKey missing) {
        if (!told) System.err.println(missing.getMessage() + ": " + waitingFor());
      }
      if (ENDING.await(READ_KEYS_AGAIN_AFTER_SECONDS, TimeUnit.SECONDS)) return null;
      try {
        opener = MessageOpener.of(keysFile, allowPlain);
      } catch (MessageOpener.BadKeyFile reason) {
        // It may just be being replaced: the next look finds it good.
        if (!reason.getMessage().equals(problem)) System.err.println(reason.getMessage());
        problem = reason.getMessage();
      }
    }
  }

  private String waitingFor() {
    return keysFile == null
        ? "holding the message; start again with --keys"
        : "holding the message until the key is in " + keysFile + ", which is read every 10 s";
  }

  private static String contentType(Message message) throws JMSException {
    for (String name : CONTENT_TYPES) {
      if (message.getStringProperty(name) != null) return message.getStringProperty(name);
    }
    return null;
  }

  /** Nothing where it is neither a text nor bytes. */
  private static byte[] bodyOf(Message message) throws JMSException {
    if (message instanceof TextMessage text && text.getText() != null) {
      return text.getText().getBytes(StandardCharsets.UTF_8);
    }
    if (!(message instanceof BytesMessage bytes)) return new byte[0];
    bytes.reset();
    byte[] content = new byte[Math.toIntExact(bytes.getBodyLength())];
    bytes.readBytes(content);
    return content;
  }

  private void handleOnce(MessageOpener.Comm comm) {
    String pair = comm.id() + " " + comm.sending();
    if (done.contains(pair)) {
      System.err.println("dropped a repeat of comm " + comm.id());
    } else if (comm.timeIsOverAt().isBefore(Instant.now())) { // By the clock of this machine.
      System.err.println("dropped comm " + comm.id() + ": its time is over");
    } else {
      handle(comm);
      done.add(pair);
    }
  }

  /** Your work. The text is personal data: it is shown only with --print, unchanged. */
  private void handle(MessageOpener.Comm comm) {
    System.err.println("handled comm " + comm.id());
    if (!print) return;
    OUT.print(comm.text() + "\n");
    OUT.flush();
  }

  /**
   * Puts it aside on another queue, in the same transaction. A rollback would bring it again several times, and then
   * take it to a queue for dead letters that many share, or nowhere if the broker has none.
   */
  private void reject(Message message, String code) throws JMSException {
    Message copy = withBodyOf(message);
    copy.setJMSType(message.getJMSType());
    copy.setJMSCorrelationID(message.getJMSCorrelationID());
    // Only those of the comm: Artemis drops a message that brings another's _AMQ_DUPL_ID back to its queue.
    for (Enumeration<?> names = message.getPropertyNames(); names.hasMoreElements(); ) {
      String name = names.nextElement().toString();
      boolean own = name.startsWith("comms") || name.equals("deliveryMethod") || CONTENT_TYPES.contains(name);
      if (own) copy.setStringProperty(name, message.getStringProperty(name));
    }
    copy.setStringProperty("rejectedAs", code);
    try (MessageProducer rejected = session.createProducer(session.createQueue(queue + ".rejected"))) {
      rejected.send(copy);
    }
    String id = message.getStringProperty("commsDistributionId");
    System.err.println("rejected comm " + (id == null ? "without an id" : MessageOpener.shown(id)) + ": " + code);
  }

  /** Bytes stay bytes, since they need not be UTF-8. */
  private Message withBodyOf(Message message) throws JMSException {
    if (!(message instanceof BytesMessage)) {
      return session.createTextMessage(new String(bodyOf(message), StandardCharsets.UTF_8));
    }
    BytesMessage copy = session.createBytesMessage();
    copy.writeBytes(bodyOf(message));
    return copy;
  }

  private static ConnectionFactory connectionFactory(String url, String username, String password) {
    try {
      if (url.startsWith("openwire:")) {
        String brokerUrl = url.substring("openwire:".length());
        return new org.apache.activemq.ActiveMQConnectionFactory(username, password, brokerUrl);
      }
      if (url.startsWith("core:")) {
        String brokerUrl = url.substring("core:".length());
        return new org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory(brokerUrl, username, password);
      }
    } catch (RuntimeException unreadable) {
      // It shows the URL, which may hold a password.
    }
    throw new IllegalArgumentException("the URL must be openwire:tcp://HOST:PORT or core:tcp://HOST:PORT");
  }

  public static void main(String[] arguments) {
    List<String> left = new ArrayList<>(List.of(arguments));
    boolean print = left.remove("--print");
    boolean allowPlain = left.remove("--allow-plain");
    int keysAt = left.indexOf("--keys");
    String keysFile = keysAt >= 0 && keysAt + 1 < left.size() ? left.remove(keysAt + 1) : null;
    left.remove("--keys");
    if (left.size() != 2) {
      String options = "[--keys JWK-SET-FILE [--allow-plain]] [--print]";
      System.err.println("usage: CommsConsumer openwire:tcp://HOST:PORT|core:tcp://HOST:PORT QUEUE " + options);
      System.exit(64);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(CommsConsumer::end));
    Map<String, String> env = System.getenv();
    try {
      Path keys = keysFile == null ? null : Path.of(keysFile);
      MessageOpener.of(keys, allowPlain); // A bad file is reported before the program connects.
      ConnectionFactory factory =
          connectionFactory(left.get(0), env.get("BROKER_USERNAME"), env.get("BROKER_PASSWORD"));
      try (Connection connection = connect(factory, left.get(0));
          Session session = connection.createSession(true, Session.SESSION_TRANSACTED)) {
        new CommsConsumer(session, left.get(1), keys, allowPlain, print).run();
      }
    } catch (Exception error) {
      System.err.println("ended: " + error.getMessage());
      exitCode = 1;
    } finally {
      ENDED.countDown();
    }
    System.exit(exitCode);
  }

  private static Connection connect(ConnectionFactory factory, String url) throws IOException {
    CLIENT_LOG.setLevel(Level.OFF); // One line says it, and no stack trace next to it.
    try {
      Connection connection = factory.createConnection();
      connection.start();
      return connection;
    } catch (JMSException error) {
      throw new IOException(error instanceof JMSSecurityException ? "the broker refuses the login" : whyNot(url));
    } finally {
      CLIENT_LOG.setLevel(null);
    }
  }

  /** The clients tell it each in its own way, or not at all. */
  private static String whyNot(String url) {
    URI broker = URI.create(url.substring(url.indexOf(':') + 1));
    if (broker.getHost() == null) return "cannot reach any of the brokers";
    String address = broker.getHost() + ":" + broker.getPort();
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(broker.getHost(), broker.getPort()), CONNECT_TIMEOUT_MS);
    } catch (UnknownHostException unknown) {
      return "cannot reach " + address + " (unknown host)";
    } catch (ConnectException refused) {
      return "cannot reach " + address + " (connection refused)";
    } catch (SocketTimeoutException silent) {
      return "cannot reach " + address + " (no answer)";
    } catch (IOException error) {
      return "cannot reach " + address + " (" + error.getMessage() + ")";
    }
    String protocol = url.startsWith("core:") ? "Artemis's core protocol" : "OpenWire";
    return address + " does not speak " + protocol + ": is it the broker's port for that?";
  }

  /**
   * Waits for the work in hand, and until the connection is closed. What was not committed stays on the queue. By
   * itself Java ends with 143 on SIGTERM, which a supervisor takes for a failure.
   */
  private static void end() {
    ENDING.countDown();
    try {
      ENDED.await();
      Runtime.getRuntime().halt(exitCode);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
