import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.nio.charset.StandardCharsets;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Shows how one JMS client sees the messages of a queue: {@code JmsView openwire|core|qpid URL QUEUE SELECTOR…}. Prints a
 * JSON object: how many messages each selector finds, by browser and by consumer, and what the messages look like. Takes
 * none off the queue. The login comes from BROKER_USERNAME and BROKER_PASSWORD.
 */
public final class JmsView {
  private static final long SILENCE_MS = 500;
  private static final String REFUSED = "refused";

  private final Session session;
  private final Queue queue;

  private JmsView(Session session, String queue) throws JMSException {
    this.session = session;
    this.queue = session.createQueue(queue);
  }

  public static void main(String[] arguments) throws Exception {
    List<String> selectors = List.of(arguments).subList(3, arguments.length);
    Map<String, Object> view = new LinkedHashMap<>();
    try (Connection connection = JmsClient.factory(arguments[0], arguments[1]).createConnection()) {
      connection.start();
      try (Session session = connection.createSession(true, Session.SESSION_TRANSACTED)) {
        JmsView jms = new JmsView(session, arguments[2]);
        view.put("messages", jms.messages());
        Map<String, Object> browsed = new LinkedHashMap<>();
        for (String selector : selectors) browsed.put(selector, jms.browse(selector));
        view.put("browsed", browsed);
      }
      Map<String, Object> consumed = new LinkedHashMap<>();
      for (String selector : selectors) {
        try (Session session = connection.createSession(true, Session.SESSION_TRANSACTED)) {
          consumed.put(selector, new JmsView(session, arguments[2]).consume(selector));
        }
      }
      view.put("consumed", consumed);
    }
    Gson gson = new GsonBuilder().serializeNulls().disableHtmlEscaping().create();
    new PrintStream(System.out, true, StandardCharsets.UTF_8).println(gson.toJson(view));
    System.exit(0);
  }

  private List<Map<String, Object>> messages() throws JMSException {
    List<Map<String, Object>> messages = new ArrayList<>();
    try (QueueBrowser browser = session.createBrowser(queue)) {
      for (Enumeration<?> found = browser.getEnumeration(); found.hasMoreElements(); ) {
        messages.add(viewOf((Message) found.nextElement()));
      }
    }
    return messages;
  }

  private static Map<String, Object> viewOf(Message message) throws JMSException {
    Map<String, Object> properties = new TreeMap<>();
    for (Object name : Collections.list((Enumeration<?>) message.getPropertyNames())) {
      Object value = message.getObjectProperty(name.toString());
      properties.put(name.toString(), value == null ? null : value.getClass().getSimpleName() + " " + value);
    }
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("kind", message instanceof TextMessage ? "TextMessage" : message.getClass().getSimpleName());
    view.put("JMSType", message.getJMSType());
    view.put("JMSCorrelationID", message.getJMSCorrelationID());
    view.put("JMSMessageID", message.getJMSMessageID());
    view.put("JMSExpiration", message.getJMSExpiration());
    view.put("JMSPriority", message.getJMSPriority());
    view.put("JMSDeliveryMode", message.getJMSDeliveryMode());
    view.put("JMSTimestamp", message.getJMSTimestamp());
    view.put("possibleDuplicateAsBoolean", message.getBooleanProperty("commsPossibleDuplicate"));
    view.put("contentTypeByItsName", tried(() -> message.getStringProperty("content-type")));
    view.put("properties", properties);
    return view;
  }

  /** How many a browser finds. */
  private Object browse(String selector) {
    return tried(
        () -> {
          try (QueueBrowser browser = session.createBrowser(queue, selector)) {
            return Collections.list((Enumeration<?>) browser.getEnumeration()).size();
          }
        });
  }

  /** How many a consumer gets; they are put back. */
  private Object consume(String selector) {
    return tried(
        () -> {
          int count = 0;
          try (MessageConsumer consumer = session.createConsumer(queue, selector)) {
            while (consumer.receive(SILENCE_MS) != null) count += 1;
            session.rollback();
          }
          return count;
        });
  }

  private interface Attempt {
    Object run() throws JMSException;
  }

  private static Object tried(Attempt attempt) {
    try {
      return attempt.run();
    } catch (JMSException | RuntimeException refusal) {
      return REFUSED + ": " + refusal.getClass().getSimpleName();
    }
  }
}
