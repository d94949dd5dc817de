import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEDecrypter;
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
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
      super("no key " + kid + " in the key set");
    }
  }

  /** A key file that can't be used. The text names the file and the reason, and never what the file holds. */
  static final class BadKeyFile extends Exception {
    private static final long serialVersionUID = 1;

    BadKeyFile(Path file, String reason) {
      super("key file " + file + ": " + reason);
    }
  }

  private final Map<String, JWK> keys;

  private MessageOpener(Map<String, JWK> keys) {
    this.keys = keys;
  }

  /** With the private and symmetric keys of a JWK set, or of a single JWK; without a file, with none. */
  static MessageOpener of(Path file) throws BadKeyFile {
    if (file == null) return new MessageOpener(Map.of());
    Map<String, JWK> keys = new HashMap<>();
    for (Object member : membersOf(file)) {
      JWK key = usableKey(member);
      if (key != null) keys.put(key.getKeyID(), key);
    }
    if (keys.isEmpty()) {
      throw new BadKeyFile(file, "holds no private or symmetric key with a kid that opens messages");
    }
    return new MessageOpener(keys);
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
  Map<String, Object> open(String contentType, String body) throws PoisonMessage, MissingKey {
    if (body == null) throw new PoisonMessage("MALFORMED");
    try {
      Map<String, Object> comm = JSONObjectUtils.parse("application/jose".equals(contentType) ? decrypt(body) : body);
      if (comm == null) throw new PoisonMessage("MALFORMED");
      if (JSONObjectUtils.getString(comm, "commsDistributionId") == null) throw new PoisonMessage("MALFORMED");
      double version = JSONObjectUtils.getDouble(comm, "version");
      if (!(version >= 1 && version < 2)) throw new PoisonMessage("UNKNOWN_VERSION");
      return comm;
    } catch (ParseException malformed) {
      throw new PoisonMessage("MALFORMED");
    }
  }

  /** The key says the algorithm; the message may choose none. */
  private String decrypt(String body) throws ParseException, PoisonMessage, MissingKey {
    JWEObject jwe = JWEObject.parse(body);
    String kid = jwe.getHeader().getKeyID();
    if (kid == null) throw new PoisonMessage("MALFORMED");
    JWK key = keys.get(kid);
    if (key == null) throw new MissingKey(kid);
    boolean allowed = jwe.getHeader().getAlgorithm().equals(algorithmOf(key));
    if (!allowed || !jwe.getHeader().getEncryptionMethod().equals(EncryptionMethod.A256GCM)) {
      throw new PoisonMessage("NOT_DECRYPTABLE");
    }
    try {
      jwe.decrypt(decrypterOf(key));
    } catch (JOSEException wrongKey) {
      throw new PoisonMessage("NOT_DECRYPTABLE");
    }
    return jwe.getPayload().toString();
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
