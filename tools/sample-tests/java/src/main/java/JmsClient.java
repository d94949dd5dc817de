import jakarta.jms.ConnectionFactory;

/** The JMS clients of the tests. The login comes from BROKER_USERNAME and BROKER_PASSWORD. */
final class JmsClient {
  private JmsClient() {}

  static ConnectionFactory factory(String client, String url) {
    String username = System.getenv("BROKER_USERNAME");
    String password = System.getenv("BROKER_PASSWORD");
    return switch (client) {
      case "openwire" -> new org.apache.activemq.ActiveMQConnectionFactory(username, password, url);
      case "core" -> new org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory(url, username, password);
      case "qpid" -> new org.apache.qpid.jms.JmsConnectionFactory(username, password, url);
      default -> throw new IllegalArgumentException("no such client: " + client);
    };
  }
}
