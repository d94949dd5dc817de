import com.nimbusds.jose.util.JSONObjectUtils;
import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Reads the comms of one queue by JMS, plain and encrypted, until Ctrl-C. The URL says by which client:
 * {@code openwire:tcp://host:61616} for ActiveMQ Classic, {@code core:tcp://host:61616} for Artemis.
 */
public final class CommsConsumer {
  private static final CountDownLatch ENDED = new CountDownLatch(1);
  private static final PrintStream OUT =
      new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
  private static final CountDownLatch ENDING = new CountDownLatch(1);
  private static final long READ_KEYS_AGAIN_AFTER_SECONDS = 10;

  /** Where the artemis client or the broker keeps what STOMP calls `content-type`. */
  private static final List<String> CONTENT_TYPES = List.of("content-type", "_AMQ_CONTENT_TYPE");

  private final Session session;
  private final String queue;
  private final Path keysFile;
  private final boolean print;
  private MessageOpener opener;

  /**
   * The pairs of id and sending whose work is done. They belong into your database: under a unique key, written in the
   * transaction of the work itself. Here they are forgotten when the program ends.
   */
  private final Set<String> done = new HashSet<>();

  private CommsConsumer(Session session, String queue, Path keysFile, boolean print)
      throws MessageOpener.BadKeyFile {
    this.session = session;
    this.queue = queue;
    this.keysFile = keysFile;
    this.opener = MessageOpener.of(keysFile);
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
        Map<String, Object> comm = openOnceKeyIsThere(message);
        if (comm == null) return;
        take(comm);
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
  private Map<String, Object> openOnceKeyIsThere(Message message) throws Exception {
    for (boolean told = false; ; told = true) {
      try {
        return opener.open(contentType(message), bodyOf(message));
      } catch (MessageOpener.MissingKey missing) {
        if (!told) System.err.println(missing.getMessage() + ": " + waitingFor());
      }
      if (ENDING.await(READ_KEYS_AGAIN_AFTER_SECONDS, TimeUnit.SECONDS)) return null;
      try {
        opener = MessageOpener.of(keysFile);
      } catch (MessageOpener.BadKeyFile beingReplaced) {
        // The next look finds it good.
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

  /** Null where it is neither a text nor the bytes of one. */
  private static String bodyOf(Message message) throws JMSException {
    if (message instanceof TextMessage text) return text.getText();
    if (!(message instanceof BytesMessage bytes)) return null;
    bytes.reset();
    byte[] content = new byte[Math.toIntExact(bytes.getBodyLength())];
    bytes.readBytes(content);
    return new String(content, StandardCharsets.UTF_8);
  }

  private void take(Map<String, Object> comm) {
    // Release 0.1.0 wrote no `sending`.
    String pair = comm.get("commsDistributionId") + " " + comm.getOrDefault("sending", "0");
    if (done.contains(pair)) System.err.println("dropped a repeat of comm " + comm.get("commsDistributionId"));
    else handle(comm);
    done.add(pair);
  }

  /** Your work. The text is personal data: it is shown only where --print asks for it. */
  private void handle(Map<String, Object> comm) {
    System.err.println("handled comm " + comm.get("commsDistributionId"));
    if (print) OUT.println(JSONObjectUtils.toJSONString(comm));
  }

  /**
   * Puts it aside on a queue of its own, in the same transaction. A rollback would bring it again several times, and
   * then take it to a queue for dead letters that many share, or nowhere if the broker has none.
   */
  private void reject(Message message, String code) throws JMSException {
    TextMessage copy = session.createTextMessage(bodyOf(message));
    copy.setJMSType(message.getJMSType());
    copy.setJMSCorrelationID(message.getJMSCorrelationID());
    // Only those of the comm: Artemis drops a message that brings another's _AMQ_DUPL_ID back to its queue.
    for (Enumeration<?> names = message.getPropertyNames(); names.hasMoreElements(); ) {
      String name = names.nextElement().toString();
      boolean own = name.startsWith("comms") || name.equals("deliveryMethod") || CONTENT_TYPES.contains(name);
      if (own) copy.setStringProperty(name, message.getStringProperty(name));
    }
    copy.setStringProperty("rejectedAs", code);
    session.createProducer(session.createQueue(queue + ".rejected")).send(copy);
    System.err.println("rejected comm " + message.getStringProperty("commsDistributionId") + ": " + code);
  }

  private static ConnectionFactory connectionFactory(String url, String username, String password) {
    if (url.startsWith("openwire:")) {
      String brokerUrl = url.substring("openwire:".length());
      return new org.apache.activemq.ActiveMQConnectionFactory(username, password, brokerUrl);
    }
    if (url.startsWith("core:")) {
      String brokerUrl = url.substring("core:".length());
      return new org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory(brokerUrl, username, password);
    }
    throw new IllegalArgumentException("the URL begins with openwire: (ActiveMQ Classic) or core: (Artemis)");
  }

  public static void main(String[] arguments) {
    List<String> left = new ArrayList<>(List.of(arguments));
    boolean print = left.remove("--print");
    int keysAt = left.indexOf("--keys");
    String keysFile = keysAt >= 0 && keysAt + 1 < left.size() ? left.remove(keysAt + 1) : null;
    left.remove("--keys");
    if (left.size() != 2) {
      System.err.println("usage: CommsConsumer openwire:URL|core:URL QUEUE [--keys JWK-SET-FILE] [--print]");
      System.exit(64);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(CommsConsumer::end));
    Map<String, String> env = System.getenv();
    int code = 0;
    try {
      Path keys = keysFile == null ? null : Path.of(keysFile);
      MessageOpener.of(keys); // A bad file is told before the broker is asked.
      ConnectionFactory factory =
          connectionFactory(left.get(0), env.get("BROKER_USERNAME"), env.get("BROKER_PASSWORD"));
      try (Connection connection = factory.createConnection();
          Session session = connection.createSession(true, Session.SESSION_TRANSACTED)) {
        connection.start();
        new CommsConsumer(session, left.get(1), keys, print).run();
      }
    } catch (Exception error) {
      System.err.println("ended: " + error.getMessage());
      code = 1;
    } finally {
      ENDED.countDown();
    }
    System.exit(code);
  }

  /** Waits for the work in hand. What was not committed stays on the queue. */
  private static void end() {
    ENDING.countDown();
    try {
      ENDED.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
