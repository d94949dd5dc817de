import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.util.Collections;
import java.util.Enumeration;
import java.util.function.Predicate;

/**
 * Gives the message of a queue back: {@code JmsReturns openwire|core URL QUEUE WAY ENOUGH}. Where it is given back to the
 * broker, prints how often it came, {@code ENOUGH} times at most. Where it is sent to its own queue, prints {@code sent}, or
 * the name of the exception.
 */
public final class JmsReturns {
  private static final long SILENCE_MS = 4_000;
  private static final long LIMIT_MS = 50_000;

  private final ConnectionFactory factory;
  private final String queue;
  private final int enough;

  private JmsReturns(ConnectionFactory factory, String queue, int enough) {
    this.factory = factory;
    this.queue = queue;
    this.enough = enough;
  }

  public static void main(String[] arguments) throws Exception {
    ConnectionFactory factory = JmsClient.factory(arguments[0], arguments[1]);
    JmsReturns program = new JmsReturns(factory, arguments[2], Integer.parseInt(arguments[4]));
    System.out.println(program.giveBack(arguments[3]));
    System.exit(0);
  }

  private Object giveBack(String way) throws JMSException {
    return switch (way) {
      case "rollback" -> rollBack();
      case "leave" -> leave(Session.CLIENT_ACKNOWLEDGE);
      case "leave a transaction" -> leave(Session.SESSION_TRANSACTED);
      case "send again" -> sendAgain(Session.AUTO_ACKNOWLEDGE, (session, message) -> message);
      case "send again in a transaction" -> sendAgain(Session.SESSION_TRANSACTED, (session, message) -> message);
      case "send a copy" -> sendAgain(Session.AUTO_ACKNOWLEDGE, copyOf(JmsReturns::maySet));
      case "send a copy of our properties" -> sendAgain(Session.AUTO_ACKNOWLEDGE, copyOf(JmsReturns::isOurs));
      default -> throw new IllegalArgumentException("no such way: " + way);
    };
  }

  private int rollBack() throws JMSException {
    try (Connection connection = factory.createConnection();
        Session session = connection.createSession(Session.SESSION_TRANSACTED);
        MessageConsumer consumer = session.createConsumer(session.createQueue(queue))) {
      connection.start();
      int count = 0;
      for (; count < enough && consumer.receive(SILENCE_MS) != null; count += 1) session.rollback();
      return count;
    }
  }

  private int leave(int mode) throws JMSException {
    for (int count = 0; ; count += 1) {
      if (count == enough) return count;
      try (Connection connection = factory.createConnection()) {
        connection.start();
        Session session = connection.createSession(mode);
        if (session.createConsumer(session.createQueue(queue)).receive(SILENCE_MS) == null) return count;
      }
    }
  }

  private interface Copier {
    Message copy(Session session, Message message) throws JMSException;
  }

  private static Copier copyOf(Predicate<String> isCopied) {
    return (session, message) -> {
      TextMessage copy = session.createTextMessage(((TextMessage) message).getText());
      for (Object each : Collections.list((Enumeration<?>) message.getPropertyNames())) {
        String name = each.toString();
        if (isCopied.test(name)) copy.setObjectProperty(name, message.getObjectProperty(name));
      }
      return copy;
    };
  }

  /** Not those of the provider, nor those that the core client lists and does not let anyone set. */
  private static boolean maySet(String name) {
    return !name.startsWith("JMSX") && !name.contains("-");
  }

  private static boolean isOurs(String name) {
    return name.startsWith("comms") || name.equals("deliveryMethod");
  }

  private String sendAgain(int mode, Copier copier) throws JMSException {
    try (Connection connection = factory.createConnection();
        Session session = connection.createSession(mode)) {
      connection.start();
      Queue own = session.createQueue(queue);
      try (MessageConsumer consumer = session.createConsumer(own)) {
        Message message = consumer.receive(LIMIT_MS);
        session.createProducer(own).send(copier.copy(session, message));
        if (mode == Session.SESSION_TRANSACTED) session.commit();
        return "sent";
      } catch (JMSException refusal) {
        return refusal.getClass().getSimpleName();
      }
    }
  }
}
