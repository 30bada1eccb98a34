import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Security;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.util.encoders.Hex;

/**
 * What BouncyCastle says. One question a line, fields in hex; one answer a line:
 * `verify SPKI DATA SIGNATURE`, `sign COUNT` (lines `SPKI DATA SIGNATURE`), `cms CMS CONTENT`, `make-cms CONTENT gm|rfc`,
 * `seal SESEAL`, `ses SES_SIGNATURE`.
 */
public final class GmOracle {
  private static final SecureRandom RANDOM = new SecureRandom();

  public static void main(String[] arguments) throws Exception {
    Security.addProvider(new BouncyCastleProvider());
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    StringBuilder out = new StringBuilder();
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.trim().split(" ", -1);
      try {
        out.append(answer(words)).append('\n');
      } catch (Exception error) {
        out.append("error ").append(String.valueOf(error.getMessage()).replace('\n', ' ')).append('\n');
      }
    }
    System.out.print(out);
  }

  private static String answer(String[] words) throws Exception {
    switch (words[0]) {
      case "verify":
        return String.valueOf(verify(key(hex(words[1])), hex(words[2]), hex(words[3])));
      case "sign":
        return sign(Integer.parseInt(words[1]));
      case "cms":
        return verifyCms(hex(words[1]), hex(words[2]));
      case "make-cms":
        return makeCms(hex(words[1]), words[2].equals("gm"));
      case "seal":
        return seal(ASN1Sequence.getInstance(hex(words[1])));
      case "ses":
        return ses(ASN1Sequence.getInstance(hex(words[1])));
      default:
        return "error unknown question";
    }
  }

  private static byte[] hex(String text) {
    return Hex.decode(text);
  }

  private static PublicKey key(byte[] spki) throws Exception {
    return KeyFactory.getInstance("EC", "BC").generatePublic(new X509EncodedKeySpec(spki));
  }

  private static boolean verify(PublicKey key, byte[] data, byte[] signature) throws Exception {
    Signature verifier = Signature.getInstance("SM3withSM2", "BC");
    verifier.initVerify(key);
    verifier.update(data);
    return verifier.verify(signature);
  }

  private static KeyPair newKey() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", "BC");
    generator.initialize(new ECGenParameterSpec("sm2p256v1"), RANDOM);
    return generator.generateKeyPair();
  }

  private static String sign(int count) throws Exception {
    StringBuilder lines = new StringBuilder();
    KeyPair pair = newKey();
    for (int index = 0; index < count; index += 1) {
      if (index % 50 == 0) pair = newKey();
      byte[] data = new byte[index % 200];
      RANDOM.nextBytes(data);
      Signature signer = Signature.getInstance("SM3withSM2", "BC");
      signer.initSign(pair.getPrivate(), RANDOM);
      signer.update(data);
      if (index > 0) lines.append('\n');
      lines.append(Hex.toHexString(pair.getPublic().getEncoded())).append(' ').append(Hex.toHexString(data));
      lines.append(' ').append(Hex.toHexString(signer.sign()));
    }
    return lines.toString();
  }

  private static String verifyCms(byte[] der, byte[] content) throws Exception {
    CMSSignedData cms = new CMSSignedData(new CMSProcessableByteArray(content), der);
    int checked = 0;
    for (SignerInformation signer : cms.getSignerInfos().getSigners()) {
      Object found = cms.getCertificates().getMatches(signer.getSID()).iterator().next();
      X509CertificateHolder certificate = (X509CertificateHolder) found;
      if (!signer.verify(new JcaSimpleSignerInfoVerifierBuilder().setProvider("BC").build(certificate))) return "false";
      checked += 1;
    }
    return checked == 1 ? "true" : "false";
  }

  private static String makeCms(byte[] content, boolean gm) throws Exception {
    KeyPair pair = newKey();
    X500Name name = new X500Name("CN=Oracle");
    long now = System.currentTimeMillis();
    ContentSigner signer = new JcaContentSignerBuilder("SM3withSM2").setProvider("BC").build(pair.getPrivate());
    X509CertificateHolder certificate = new JcaX509v3CertificateBuilder(
            name, BigInteger.valueOf(now), new Date(now - 60_000), new Date(now + 86_400_000L), name, pair.getPublic())
        .build(signer);
    CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
    generator.addSignerInfoGenerator(
        new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().setProvider("BC").build())
            .build(signer, certificate));
    generator.addCertificates(new JcaCertStore(List.of(certificate)));
    String data = gm ? "1.2.156.10197.6.1.4.2.1" : "1.2.840.113549.1.7.1";
    CMSSignedData cms = generator.generate(new CMSProcessableByteArray(new ASN1ObjectIdentifier(data), content), false);
    ContentInfo info = cms.toASN1Structure();
    if (gm) info = new ContentInfo(new ASN1ObjectIdentifier("1.2.156.10197.6.1.4.2.2"), info.getContent());
    return Hex.toHexString(info.getEncoded("DER"));
  }

  private static PublicKey keyOfCertificate(byte[] der) throws Exception {
    return key(new X509CertificateHolder(der).getSubjectPublicKeyInfo().getEncoded());
  }

  private static byte[] octets(ASN1Encodable field) {
    return DEROctetString.getInstance(field).getOctets();
  }

  private static byte[] bits(ASN1Encodable field) {
    return DERBitString.getInstance(field).getBytes();
  }

  private static byte[] encode(ASN1Encodable... fields) throws Exception {
    return new DERSequence(fields).getEncoded("DER");
  }

  /** Answers the version and whether the maker's signature holds over the input that its standard names. */
  private static String seal(ASN1Sequence seal) throws Exception {
    ASN1Encodable info = seal.getObjectAt(0);
    if (seal.size() == 2) {
      ASN1Sequence sign = ASN1Sequence.getInstance(seal.getObjectAt(1));
      byte[] signed = encode(info, sign.getObjectAt(0), sign.getObjectAt(1));
      return "1 " + verify(keyOfCertificate(octets(sign.getObjectAt(0))), signed, bits(sign.getObjectAt(2)));
    }
    byte[] signed = info.toASN1Primitive().getEncoded("DER");
    return "4 " + verify(keyOfCertificate(octets(seal.getObjectAt(1))), signed, bits(seal.getObjectAt(3)));
  }

  /** Answers that of the seal, whether the signer's signature holds, the data hash, and SM3 of the certificate. */
  private static String ses(ASN1Sequence ses) throws Exception {
    ASN1Sequence toSign = ASN1Sequence.getInstance(ses.getObjectAt(0));
    String seal = seal(ASN1Sequence.getInstance(toSign.getObjectAt(1)));
    boolean old = ses.size() == 2;
    byte[] certificate = octets(old ? toSign.getObjectAt(5) : ses.getObjectAt(1));
    byte[] signature = bits(ses.getObjectAt(old ? 1 : 3));
    boolean holds = verify(keyOfCertificate(certificate), toSign.getEncoded("DER"), signature);
    MessageDigest sm3 = MessageDigest.getInstance("SM3", "BC");
    String digest = Hex.toHexString(sm3.digest(certificate));
    return seal + " " + holds + " " + Hex.toHexString(bits(toSign.getObjectAt(3))) + " " + digest;
  }
}
