package nl.ketenpoort.partnerclient.attack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;

import org.apache.xml.security.c14n.Canonicalizer;
import org.apache.xml.security.exceptions.XMLSecurityException;
import org.w3c.dom.Element;

/**
 * What a gateway puts in the Body, for tests of a partner without one: receipts and deliveries, sealed by whatever key
 * the test gives. Decides nothing.
 */
public final class RawGateway {

    private static final String KP = "urn:nl:ketenpoort:berichten:v1";
    private static final String CASE = "0f4f8a3e-6f0e-4b6c-9c57-2f6f0f9b5d11";
    private static final SecureRandom RANDOM = new SecureRandom();

    static {
        org.apache.xml.security.Init.init();
    }

    private RawGateway() {}

    /** A kp:verzendenAntwoord for the request, with one permitted receiver, and one refused who was named by function. */
    public static String receipt(Element verzendenVerzoek, String messageId, String senderOin, RawKey receiptKey) {
        byte[] salt = random();
        Element answer = RawDom.parse("""
                <kp:verzendenAntwoord xmlns:kp="%s"><kp:ontvangstbewijs id="ob-%s"><kp:berichtId>%s</kp:berichtId>\
                <kp:zender>%s</kp:zender><kp:casus>%s</kp:casus><kp:ontvangen>2026-11-21T10:00:00Z</kp:ontvangen>\
                <kp:digest>%s</kp:digest><kp:zout>%s</kp:zout><kp:besluit><kp:oin>00000099000000020000</kp:oin>\
                <kp:functie>VEILIG_THUIS</kp:functie><kp:doel>TOEZICHT_NALEVING</kp:doel><kp:uitkomst>TOEGESTAAN</kp:uitkomst>\
                <kp:weggelaten>overtredingsmelding/toelichting</kp:weggelaten></kp:besluit>\
                <kp:besluit><kp:functie>HUISARTS</kp:functie><kp:doel>TOEZICHT_NALEVING</kp:doel>\
                <kp:uitkomst>GEWEIGERD</kp:uitkomst><kp:code>KP-5104</kp:code></kp:besluit>\
                <kp:auditblad>%s</kp:auditblad></kp:ontvangstbewijs></kp:verzendenAntwoord>"""
                .formatted(KP, UUID.randomUUID(), messageId, senderOin, CASE, digest(salt, verzendenVerzoek),
                        base64(salt),
                        base64(random())))
                .getDocumentElement();
        seal(RawDom.child(answer, KP, "ontvangstbewijs"), receiptKey);
        return text(answer);
    }

    /** A kp:bezorging, urgent, number seven, minimised, from the police for TOEZICHT_NALEVING. */
    public static String delivery(String deliveryId, String receiverOin, String function, String content,
            RawKey receiptKey) {
        byte[] salt = random();
        Element bezorging = RawDom.parse("""
                <kp:bezorging xmlns:kp="%s"><kp:bezorgingId>%s</kp:bezorgingId><kp:volgnummer>7</kp:volgnummer>\
                <kp:casus>%s</kp:casus><kp:berichttype>overtredingsmelding</kp:berichttype><kp:versie>1</kp:versie>\
                <kp:zender>00000099000000010000</kp:zender><kp:zenderfunctie>POLITIE</kp:zenderfunctie>\
                <kp:ontvanger>%s</kp:ontvanger><kp:functie>%s</kp:functie><kp:doel>TOEZICHT_NALEVING</kp:doel>\
                <kp:spoed>SPOED</kp:spoed><kp:betrokkenen><kp:persoon id="p1" rol="PLEGER"/></kp:betrokkenen>\
                <kp:inhoud>%s</kp:inhoud><kp:herkomst id="h-%s"><kp:zender>00000099000000010000</kp:zender>\
                <kp:berichtId>urn:uuid:%s</kp:berichtId><kp:ontvangen>2026-11-21T10:00:00+01:00</kp:ontvangen>\
                <kp:digestOrigineel>%s</kp:digestOrigineel><kp:digestBezorgd>%s</kp:digestBezorgd><kp:zout>%s</kp:zout>\
                <kp:certificaat>%s</kp:certificaat><kp:omvang>geminimaliseerd</kp:omvang>\
                <kp:auditblad>%s</kp:auditblad></kp:herkomst></kp:bezorging>"""
                .formatted(KP, deliveryId, CASE, receiverOin, function, content, UUID.randomUUID(), UUID.randomUUID(),
                        base64(random()), digest(salt, RawDom.parse(content).getDocumentElement()), base64(salt),
                        base64(random()), base64(random())))
                .getDocumentElement();
        seal(RawDom.child(bezorging, KP, "herkomst"), receiptKey);
        return text(bezorging);
    }

    /** A kp:bezorgenVerzoek around one delivery. */
    public static String push(String delivery) {
        return "<kp:bezorgenVerzoek xmlns:kp=\"" + KP + "\">" + delivery + "</kp:bezorgenVerzoek>";
    }

    /** Appends an enveloped signature (rsa-sha256, exclusive C14N) over the element with attribute {@code id}. */
    public static void seal(Element element, RawKey receiptKey) {
        try {
            XMLSignatureFactory factory = XMLSignatureFactory.getInstance("DOM");
            var reference = factory.newReference("#" + element.getAttribute("id"),
                    factory.newDigestMethod(DigestMethod.SHA256, null),
                    List.of(factory.newTransform(Transform.ENVELOPED, (TransformParameterSpec) null),
                            factory.newTransform(CanonicalizationMethod.EXCLUSIVE, (TransformParameterSpec) null)),
                    null, null);
            var info = factory.newSignedInfo(
                    factory.newCanonicalizationMethod(CanonicalizationMethod.EXCLUSIVE, (C14NMethodParameterSpec) null),
                    factory.newSignatureMethod(RawSoap.RSA_SHA256, null), List.of(reference));
            var context = new DOMSignContext(receiptKey.privateKey(), element);
            context.setDefaultNamespacePrefix("ds");
            context.setIdAttributeNS(element, null, "id");
            factory.newXMLSignature(info, null).sign(context);
        } catch (GeneralSecurityException | MarshalException | XMLSignatureException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(Element element) {
        return new String(canonical(element), StandardCharsets.UTF_8);
    }

    private static byte[] canonical(Element element) {
        try (var out = new ByteArrayOutputStream()) {
            Canonicalizer.getInstance(Canonicalizer.ALGO_ID_C14N_EXCL_OMIT_COMMENTS).canonicalizeSubtree(element, out);
            return out.toByteArray();
        } catch (XMLSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String digest(byte[] salt, Element element) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(salt);
            return base64(sha256.digest(canonical(element)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] random() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
