import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.google.gson.Gson;
import jakarta.jms.Connection;
import jakarta.jms.Session;
import java.nio.charset.StandardCharsets;
import java.io.PrintStream;
import java.util.Map;
import org.springframework.jms.support.converter.MappingJackson2MessageConverter;

/** Takes a message by the recipe for Spring: {@code SpringReader openwire|core URL QUEUE}. Prints the comm as JSON. */
public final class SpringReader {
  private static final long LIMIT_MS = 50_000;

  private SpringReader() {}

  /** A few members of the document; the others are ignored. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Comm(String commsDistributionId, long commsRequestId, double version, String message) {}

  public static void main(String[] arguments) throws Exception {
    var converter = new MappingJackson2MessageConverter();
    converter.setTypeIdPropertyName("deliveryMethod");
    converter.setTypeIdMappings(Map.of("PUSH", Comm.class, "SMS", Comm.class, "EXTERNAL", Comm.class));
    try (Connection connection = JmsClient.factory(arguments[0], arguments[1]).createConnection();
        Session session = connection.createSession()) {
      connection.start();
      var message = session.createConsumer(session.createQueue(arguments[2])).receive(LIMIT_MS);
      String json = new Gson().toJson(converter.fromMessage(message));
      new PrintStream(System.out, true, StandardCharsets.UTF_8).println(json);
    }
    System.exit(0);
  }
}
