import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/**
 * Reads the comms of one queue by JMS, plain and encrypted, until Ctrl-C. The URL says by which client:
 * {@code openwire:tcp://host:61616} for ActiveMQ Classic, {@code core:tcp://host:61616} for Artemis.
 */
public final class CommsConsumer {
  private static final CountDownLatch ENDED = new CountDownLatch(1);
  private static final PrintStream OUT =
      new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
  private static volatile boolean ending;

  private final Session session;
  private final String queue;
  private final MessageOpener opener;
  private final boolean print;

  /**
   * The pairs of id and sending whose work is done. They belong into your database: under a unique key, written in the
   * transaction of the work itself. Here they are forgotten when the program ends.
   */
  private final Set<String> done = new HashSet<>();

  private CommsConsumer(Session session, String queue, MessageOpener opener, boolean print) {
    this.session = session;
    this.queue = queue;
    this.opener = opener;
    this.print = print;
  }

  /** The commit acknowledges, after the work is done, never before: what is not committed comes again. */
  private void run() throws Exception {
    MessageConsumer consumer = session.createConsumer(session.createQueue(queue));
    System.err.println("reading " + queue);
    while (!ending) {
      // Who sends no TextMessage is none of us: the cast ends the program, and the message stays where it is.
      TextMessage message = (TextMessage) consumer.receive(250);
      if (message == null) continue;
      try {
        take(opener.open(contentType(message), message.getText()));
      } catch (MessageOpener.PoisonMessage reason) {
        reject(message, reason.getMessage());
      }
      session.commit();
    }
  }

  /** Artemis shows it under a name of its own. */
  private static String contentType(TextMessage message) throws JMSException {
    String type = message.getStringProperty("content-type");
    return type != null ? type : message.getStringProperty("_AMQ_CONTENT_TYPE");
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
  private void reject(TextMessage message, String code) throws JMSException {
    TextMessage copy = session.createTextMessage(message.getText());
    copy.setJMSType(message.getJMSType());
    copy.setJMSCorrelationID(message.getJMSCorrelationID());
    // Only those of the comm: Artemis drops a message that brings another's _AMQ_DUPL_ID back to its queue.
    for (Enumeration<?> names = message.getPropertyNames(); names.hasMoreElements(); ) {
      String name = names.nextElement().toString();
      boolean own = name.startsWith("comms") || name.equals("deliveryMethod");
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
      JWKSet keys = keysFile == null ? new JWKSet() : JWKSet.load(new File(keysFile));
      ConnectionFactory factory =
          connectionFactory(left.get(0), env.get("BROKER_USERNAME"), env.get("BROKER_PASSWORD"));
      try (Connection connection = factory.createConnection();
          Session session = connection.createSession(true, Session.SESSION_TRANSACTED)) {
        connection.start();
        new CommsConsumer(session, left.get(1), new MessageOpener(keys), print).run();
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
    ending = true;
    try {
      ENDED.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
