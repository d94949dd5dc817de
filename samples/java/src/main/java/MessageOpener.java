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
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.text.ParseException;
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

  private final JWKSet keys;

  /** The private and symmetric keys, each with its kid. */
  MessageOpener(JWKSet keys) {
    this.keys = keys;
  }

  /** Throws {@code IllegalStateException} where the key is not in the set: that is not the message's fault. */
  Map<String, Object> open(String contentType, String body) throws PoisonMessage {
    try {
      Map<String, Object> comm = JSONObjectUtils.parse("application/jose".equals(contentType) ? decrypt(body) : body);
      if (JSONObjectUtils.getString(comm, "commsDistributionId") == null) throw new PoisonMessage("MALFORMED");
      double version = JSONObjectUtils.getDouble(comm, "version");
      if (!(version >= 1 && version < 2)) throw new PoisonMessage("UNKNOWN_VERSION");
      return comm;
    } catch (ParseException malformed) {
      throw new PoisonMessage("MALFORMED");
    }
  }

  /** The key says the algorithm; the message may choose none. */
  private String decrypt(String body) throws ParseException, PoisonMessage {
    JWEObject jwe = JWEObject.parse(body);
    String kid = jwe.getHeader().getKeyID();
    if (kid == null) throw new PoisonMessage("MALFORMED");
    JWK key = keys.getKeyByKeyId(kid);
    if (key == null) throw new IllegalStateException("no key " + kid + " in the key set: add it and start again");
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
