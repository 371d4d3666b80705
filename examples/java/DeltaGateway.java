import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A client of the Delta gateway: a token by private_key_jwt (RFC 7523), calls, and the check of webhooks. Java 17, and nothing else: where
 * your program has a JSON library, let it read the answers instead of {@link #member}. Copy it.
 *
 * <pre>
 * java DeltaGateway.java file URL CLIENT KEY_FILE APPLICATION_FILE
 * java DeltaGateway.java verify SECRET &lt; POST     three headers (id, timestamp, signature) a line each, then the body
 * </pre>
 */
public final class DeltaGateway {
  private static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

  private final String url;
  private final String clientId;
  private final String kid;
  private final PrivateKey key;
  private final String scope;
  private String token = "";
  private Instant until = Instant.EPOCH;

  /** @param jwk the client's private key on the curve P-256, as a JWK */
  public DeltaGateway(String url, String clientId, String jwk, String scope) throws GeneralSecurityException {
    this.url = url.replaceAll("/+$", "");
    this.clientId = clientId;
    this.scope = scope;
    this.kid = member(jwk, "kid");
    AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
    curve.init(new ECGenParameterSpec("secp256r1"));
    BigInteger d = new BigInteger(1, Base64.getUrlDecoder().decode(member(jwk, "d")));
    ECPrivateKeySpec spec = new ECPrivateKeySpec(d, curve.getParameterSpec(ECParameterSpec.class));
    this.key = KeyFactory.getInstance("EC").generatePrivate(spec);
  }

  /** A member of a flat JSON object that is a string or a number. */
  static String member(String json, String name) {
    Matcher found = Pattern.compile("\"" + name + "\"\\s*:\\s*(?:\"([^\"]*)\"|(\\d+))").matcher(json);
    if (!found.find()) return "";
    return found.group(1) != null ? found.group(1) : found.group(2);
  }

  private String assertion() throws GeneralSecurityException {
    long now = Instant.now().getEpochSecond();
    String head = "{\"alg\":\"ES256\",\"kid\":\"" + kid + "\"}";
    String claims =
        "{\"iss\":\"" + clientId + "\",\"sub\":\"" + clientId + "\",\"aud\":\"" + url + "/oidc/token\",\"jti\":\""
            + UUID.randomUUID() + "\",\"iat\":" + now + ",\"exp\":" + (now + 60) + "}";
    String signed = BASE64URL.encodeToString(head.getBytes(StandardCharsets.UTF_8)) + "."
        + BASE64URL.encodeToString(claims.getBytes(StandardCharsets.UTF_8));
    // JOSE wants the two numbers of the signature side by side, not in DER.
    Signature signer = Signature.getInstance("SHA256withECDSAinP1363Format");
    signer.initSign(key);
    signer.update(signed.getBytes(StandardCharsets.UTF_8));
    return signed + "." + BASE64URL.encodeToString(signer.sign());
  }

  /** The access token; a new one shortly before the old one ends. */
  public synchronized String token() throws GeneralSecurityException, IOException, InterruptedException {
    if (Instant.now().isBefore(until)) return token;
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "client_credentials");
    form.put("scope", scope);
    form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    form.put("client_assertion", assertion());
    String body = form.entrySet().stream()
        .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
    HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/oidc/token"))
        .timeout(Duration.ofSeconds(30))
        .header("content-type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
    HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) throw new IOException("no token: " + answer.body());
    token = member(answer.body(), "access_token");
    until = Instant.now().plusSeconds(Long.parseLong(member(answer.body(), "expires_in")) - 30);
    return token;
  }

  /** One call with JSON. An answer of 400 and more is a problem: {@code member(body, "code")} never changes its meaning. */
  public HttpResponse<String> post(String path, String json, String idempotencyKey)
      throws GeneralSecurityException, IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
        .timeout(Duration.ofSeconds(30))
        .header("authorization", "Bearer " + token())
        .header("content-type", "application/json")
        .header("idempotency-key", idempotencyKey)
        .POST(HttpRequest.BodyPublishers.ofString(json))
        .build();
    return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /**
   * Whether a post is the gateway's. Remember webhook-id: the same event may come twice.
   *
   * @param body as it came, byte for byte
   * @param secret the subscription's whsec_… or whpk_…
   * @return "taken", or why it is not: "time", "signature"
   */
  public static String verifyWebhook(String id, String timestamp, String signatures, byte[] body, String secret)
      throws GeneralSecurityException {
    if (!timestamp.matches("\\d{1,12}")) return "time";
    if (Math.abs(Instant.now().getEpochSecond() - Long.parseLong(timestamp)) > 300) return "time";
    byte[] head = (id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8);
    for (String signature : signatures.split(" ")) {
      String[] parts = signature.split(",", 2);
      if (parts.length == 2 && fits(secret, parts[0], Base64.getDecoder().decode(parts[1]), head, body)) return "taken";
    }
    return "signature";
  }

  private static boolean fits(String secret, String version, byte[] given, byte[] head, byte[] body)
      throws GeneralSecurityException {
    if (secret.startsWith("whsec_") && version.equals("v1")) {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring(6)), "HmacSHA256"));
      mac.update(head);
      return MessageDigest.isEqual(given, mac.doFinal(body));
    }
    if (!secret.startsWith("whpk_") || !version.equals("v1a")) return false;
    // A public key of Ed25519 in DER is these twelve bytes and the key.
    byte[] prefix = HexFormat.of().parseHex("302a300506032b6570032100");
    byte[] raw = Base64.getDecoder().decode(secret.substring(5));
    byte[] der = new byte[prefix.length + raw.length];
    System.arraycopy(prefix, 0, der, 0, prefix.length);
    System.arraycopy(raw, 0, der, prefix.length, raw.length);
    Signature check = Signature.getInstance("Ed25519");
    check.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der)));
    check.update(head);
    check.update(body);
    return check.verify(given);
  }

  private static void file(String url, String client, String keyFile, String applicationFile) throws Exception {
    String jwk = Files.readString(Path.of(keyFile));
    DeltaGateway gateway = new DeltaGateway(url, client, jwk, "cases convert");
    String application = Files.readString(Path.of(applicationFile));
    // One new key for each application: sent again with the same key, it is filed once.
    String key = UUID.randomUUID().toString();
    HttpResponse<String> filed = gateway.post("/api/v1/cases", application, key);
    System.out.println("filed " + member(filed.body(), "id") + " " + member(filed.body(), "status"));
    HttpResponse<String> again = gateway.post("/api/v1/cases", application, key);
    System.out.println("replayed " + again.headers().firstValue("idempotency-replayed").orElse("false"));
    HttpResponse<String> refused = gateway.post("/api/v1/cases", "{}", UUID.randomUUID().toString());
    System.out.println("refused " + member(refused.body(), "code"));
  }

  private static void verify(String secret) throws Exception {
    String post = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
    String[] parts = post.split("\n", 4);
    byte[] body = parts[3].getBytes(StandardCharsets.UTF_8);
    String outcome = verifyWebhook(parts[0], parts[1], parts[2], body, secret);
    boolean isTaken = outcome.equals("taken");
    System.out.println(isTaken ? "taken " + member(parts[3], "type") : "refused " + outcome);
    System.exit(isTaken ? 0 : 1);
  }

  public static void main(String[] args) throws Exception {
    if (args[0].equals("file")) file(args[1], args[2], args[3], args[4]);
    else verify(args[1]);
  }
}
