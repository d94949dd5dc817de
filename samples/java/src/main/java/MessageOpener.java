import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEDecrypter;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.crypto.AESDecrypter;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.ECDHDecrypter;
import com.nimbusds.jose.crypto.RSADecrypter;
import com.nimbusds.jose.crypto.X25519Decrypter;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Opens the comm that a message holds, plain or encrypted; safe for many threads. */
final class MessageOpener {
  /** A message that no later try can help; its text is a code. */
  static final class PoisonMessage extends Exception {
    private static final long serialVersionUID = 1;

    PoisonMessage(String code) {
      super(code);
    }
  }

  /** The key of a message is not in the set: that is not the message's fault. */
  static final class MissingKey extends Exception {
    private static final long serialVersionUID = 1;

    MissingKey(String kid) {
      super("no key " + shown(kid) + " in the key set");
    }
  }

  /** A key file that can't be used. The text names the file and the reason, and never what the file holds. */
  static final class BadKeyFile extends Exception {
    private static final long serialVersionUID = 1;

    BadKeyFile(Path file, String reason) {
      super("key file " + file + ": " + reason);
    }
  }

  /** What a message holds: its members, its text unchanged, and when its time is over. */
  record Comm(String id, String sending, Map<String, Object> members, String text, Instant timeIsOverAt) {}

  private static final Set<JWEAlgorithm> ALGORITHMS =
      Set.of(JWEAlgorithm.RSA_OAEP_256, JWEAlgorithm.ECDH_ES_A256KW, JWEAlgorithm.A256KW, JWEAlgorithm.DIR);
  private static final String INSTANT = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?Z";

  private final Map<String, JWK> keys;
  private final boolean takesPlain;

  private MessageOpener(Map<String, JWK> keys, boolean takesPlain) {
    this.keys = keys;
    this.takesPlain = takesPlain;
  }

  /** With the private and symmetric keys of a JWK set, or of a single JWK; without a file, with none. */
  static MessageOpener of(Path file, boolean allowPlain) throws BadKeyFile {
    if (file == null) return new MessageOpener(Map.of(), true);
    Map<String, JWK> keys = new HashMap<>();
    for (Object member : membersOf(file)) {
      JWK key = usableKey(member);
      if (key != null) keys.put(key.getKeyID(), key);
    }
    if (keys.isEmpty()) {
      throw new BadKeyFile(file, "holds no private or symmetric key with a kid that opens messages");
    }
    return new MessageOpener(keys, allowPlain);
  }

  private static List<?> membersOf(Path file) throws BadKeyFile {
    String text;
    try {
      text = Files.readString(file);
    } catch (CharacterCodingException noText) {
      throw new BadKeyFile(file, "is not text");
    } catch (IOException error) {
      throw new BadKeyFile(file, "can't be read (" + error.getClass().getSimpleName() + ")");
    }
    if (text.contains("-----BEGIN")) {
      throw new BadKeyFile(file, "is a PEM, and must be a JWK set: see samples/node/key-set.mjs");
    }
    Map<String, Object> set;
    try {
      set = JSONObjectUtils.parse(text);
    } catch (ParseException noJson) {
      throw new BadKeyFile(file, "is not a JSON object");
    }
    if (set != null && set.get("keys") instanceof List<?> members) return members;
    if (set != null && set.containsKey("kty")) return List.of(set);
    throw new BadKeyFile(file, "holds neither a JWK set nor a JWK");
  }

  /** Null for a member that opens no message. */
  private static JWK usableKey(Object member) {
    if (!(member instanceof Map<?, ?> members)) return null;
    try {
      Map<String, Object> named = new HashMap<>();
      members.forEach((name, value) -> named.put(String.valueOf(name), value));
      JWK key = JWK.parse(named);
      boolean usable = key.getKeyID() != null && key.isPrivate();
      return usable && decrypterOf(key).supportedJWEAlgorithms().contains(algorithmOf(key)) ? key : null;
    } catch (ParseException | JOSEException | IllegalArgumentException unusable) {
      return null;
    }
  }

  /** The comm that a message holds; members that are new to you are among them. */
  Comm open(String contentType, byte[] body) throws PoisonMessage, MissingKey {
    boolean encrypted = "application/jose".equals(contentType);
    // Anyone who may write to the queue can write plain text.
    if (!encrypted && !takesPlain) throw new PoisonMessage("NOT_ENCRYPTED");
    try {
      return judge(textOf(encrypted ? decrypt(textOf(body)) : body));
    } catch (ParseException | CharacterCodingException | DateTimeException malformed) {
      throw new PoisonMessage("MALFORMED");
    }
  }

  private static Comm judge(String text) throws ParseException, PoisonMessage {
    if (text.startsWith("\ufeff")) throw new PoisonMessage("MALFORMED"); // The parser skips it.
    Map<String, Object> members = JSONObjectUtils.parse(text);
    if (members == null || !(members.get("version") instanceof Number version)) throw new PoisonMessage("MALFORMED");
    // Before the other members: those of a later version may differ.
    boolean known = version.doubleValue() >= 1 && version.doubleValue() < 2;
    if (!known) throw new PoisonMessage("UNKNOWN_VERSION");
    String id = textIn(members, "commsDistributionId");
    if (!id.matches("[0-9]{1,19}")) throw new PoisonMessage("MALFORMED");
    textIn(members, "message");
    // Release 0.1.0 wrote no `sending`.
    String sending = members.containsKey("sending") ? textIn(members, "sending") : "0";
    if (!sending.matches("[0-9]{1,20}")) throw new PoisonMessage("MALFORMED");
    Instant over = members.containsKey("timeExclusion") ? instantOf(textIn(members, "timeExclusion")) : Instant.MAX;
    return new Comm(id, sending, members, text, over);
  }

  /** How a value that a stranger may have written stands in a line of the log: it can begin no line of its own. */
  static String shown(String value) {
    if (value.matches("[A-Za-z0-9._~-]{1,100}")) return value;
    StringBuilder escaped = new StringBuilder();
    for (char letter : value.substring(0, Math.min(value.length(), 100)).toCharArray()) {
      if (letter == '"' || letter == '\\') escaped.append('\\').append(letter);
      else if (letter >= ' ' && letter <= '~') escaped.append(letter);
      else escaped.append(String.format("\\u%04x", (int) letter));
    }
    return "\"" + escaped + "\"";
  }

  private static String textIn(Map<String, Object> members, String name) throws PoisonMessage {
    if (members.get(name) instanceof String text && !text.isEmpty()) return text;
    throw new PoisonMessage("MALFORMED");
  }

  private static Instant instantOf(String text) throws PoisonMessage {
    if (!text.matches(INSTANT)) throw new PoisonMessage("MALFORMED");
    return OffsetDateTime.parse(text).toInstant();
  }

  /** Strict, where a String made of bytes takes all. */
  private static String textOf(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  /** The key says the algorithm; the message may choose none. */
  private byte[] decrypt(String body) throws ParseException, PoisonMessage, MissingKey {
    JWEObject jwe;
    try {
      jwe = JWEObject.parse(body);
    } catch (RuntimeException noHeader) { // As where it names no algorithm.
      throw new PoisonMessage("MALFORMED");
    }
    JWEHeader header = jwe.getHeader();
    String kid = header.getKeyID();
    boolean known = ALGORITHMS.contains(header.getAlgorithm())
        && EncryptionMethod.A256GCM.equals(header.getEncryptionMethod());
    // Compressed, a short message could grow without limit.
    if (!known || header.getCompressionAlgorithm() != null || kid == null || kid.isEmpty()) {
      throw new PoisonMessage("MALFORMED");
    }
    JWK key = keys.get(kid);
    if (key == null) throw new MissingKey(kid);
    if (!header.getAlgorithm().equals(algorithmOf(key))) throw new PoisonMessage("NOT_DECRYPTABLE");
    try {
      jwe.decrypt(decrypterOf(key));
    } catch (JOSEException | RuntimeException wrongKey) {
      throw new PoisonMessage("NOT_DECRYPTABLE");
    }
    return jwe.getPayload().toBytes();
  }

  private static JWEAlgorithm algorithmOf(JWK key) {
    if (key.getAlgorithm() != null) return JWEAlgorithm.parse(key.getAlgorithm().getName());
    if (key instanceof RSAKey) return JWEAlgorithm.RSA_OAEP_256;
    return key instanceof OctetSequenceKey ? JWEAlgorithm.A256KW : JWEAlgorithm.ECDH_ES_A256KW;
  }

  private static JWEDecrypter decrypterOf(JWK key) throws JOSEException {
    if (key instanceof RSAKey rsa) return new RSADecrypter(rsa);
    if (key instanceof ECKey ec) return new ECDHDecrypter(ec);
    if (key instanceof OctetKeyPair x25519) return new X25519Decrypter(x25519);
    OctetSequenceKey secret = key.toOctetSequenceKey();
    return JWEAlgorithm.DIR.equals(algorithmOf(key)) ? new DirectDecrypter(secret) : new AESDecrypter(secret);
  }
}
