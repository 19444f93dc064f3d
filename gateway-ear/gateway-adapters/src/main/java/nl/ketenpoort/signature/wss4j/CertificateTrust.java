package nl.ketenpoort.signature.wss4j;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.PKIXRevocationChecker.Option;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import nl.ketenpoort.evidence.Digest;
import nl.ketenpoort.refusal.Reason;

/**
 * Whether a certificate may be relied on now: a path to a trust anchor (RFC 5280 section 6), validity, and the
 * revocation lists of every authority on the path (PKI002 to PKI004, WT004). A verdict is kept for a minute, and no
 * longer than the lists and the certificate it rests on.
 */
final class CertificateTrust {

    private static final Duration KEPT = Duration.ofSeconds(60);
    /** More partners than a region has; beyond it somebody is making up certificates. */
    private static final int MOST_KEPT = 10_000;
    private static final int LONGEST_PATH = 4;

    private final Set<TrustAnchor> anchors;
    private final TrustDirectory directory;
    private final Clock clock;
    private final Map<Digest, Verdict> verdicts = new ConcurrentHashMap<>();

    private record Verdict(Optional<Reason> refusal, long version, Instant until) {}

    CertificateTrust(Set<X509Certificate> anchors, TrustDirectory directory, Clock clock) {
        this.anchors = anchors.stream().map(anchor -> new TrustAnchor(anchor, null))
                .collect(Collectors.toUnmodifiableSet());
        this.directory = directory;
        this.clock = clock;
    }

    /** For somebody who signs. */
    void checkSigner(X509Certificate certificate) throws RefusedMessage {
        var usage = certificate.getKeyUsage();
        if (!(certificate.getPublicKey() instanceof RSAPublicKey key)
                || key.getModulus().bitLength() < Algorithms.SHORTEST_RSA) {
            throw new RefusedMessage(Reason.ALGORITHM_NOT_ALLOWED, "RSA");
        }
        if (usage != null && !usage[0] && !usage[1]) {
            throw new RefusedMessage(Reason.CERTIFICATE_UNTRUSTED, "keyUsage");
        }
        check(certificate);
    }

    void check(X509Certificate certificate) throws RefusedMessage {
        var refusal = verdict(certificate).refusal();
        if (refusal.isPresent()) {
            throw new RefusedMessage(refusal.get());
        }
    }

    private Verdict verdict(X509Certificate certificate) throws RefusedMessage {
        var now = clock.instant();
        long version = directory.refresh(now);
        var digest = digest(certificate);
        var kept = verdicts.get(digest);
        if (kept != null && kept.version() == version && now.isBefore(kept.until())) {
            return kept;
        }
        if (verdicts.size() >= MOST_KEPT) {
            verdicts.clear();
        }
        var fresh = new Verdict(judge(certificate, now), version, until(certificate, now));
        verdicts.put(digest, fresh);
        return fresh;
    }

    /** The certificate's own dates may lie on either side of now. */
    private Instant until(X509Certificate certificate, Instant now) {
        var until = now.plus(KEPT);
        for (var change : List.of(directory.currentUntil(), certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant())) {
            until = change.isAfter(now) && change.isBefore(until) ? change : until;
        }
        return until;
    }

    private Optional<Reason> judge(X509Certificate certificate, Instant now) {
        try {
            var path = path(certificate);
            if (path.isEmpty()) {
                return Optional.of(Reason.CERTIFICATE_UNTRUSTED);
            }
            var validator = CertPathValidator.getInstance("PKIX");
            var parameters = new PKIXParameters(anchors);
            parameters.setDate(Date.from(now));
            parameters.addCertStore(directory.store());
            parameters.addCertPathChecker(revocation((PKIXRevocationChecker) validator.getRevocationChecker()));
            validator.validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
            return Optional.empty();
        } catch (CertPathValidatorException refused) {
            return Optional.of(reason(refused.getReason()));
        } catch (GeneralSecurityException unusable) {
            return Optional.of(Reason.CERTIFICATE_UNTRUSTED);
        }
    }

    /** Lists only: an OCSP answer would be a call to the outside in the middle of a message. */
    static PKIXRevocationChecker revocation(PKIXRevocationChecker checker) {
        checker.setOptions(EnumSet.of(Option.PREFER_CRLS, Option.NO_FALLBACK));
        return checker;
    }

    private static Reason reason(CertPathValidatorException.Reason reason) {
        if (reason == BasicReason.EXPIRED || reason == BasicReason.NOT_YET_VALID) {
            return Reason.CERTIFICATE_EXPIRED;
        }
        if (reason == BasicReason.REVOKED) {
            return Reason.CERTIFICATE_REVOKED;
        }
        return reason == BasicReason.UNDETERMINED_REVOCATION_STATUS
                ? Reason.CRL_UNAVAILABLE
                : Reason.CERTIFICATE_UNTRUSTED;
    }

    /** The certificates below the anchor, by name and signature; whether they hold is for the validation to say. */
    private List<X509Certificate> path(X509Certificate certificate) {
        var path = new ArrayList<X509Certificate>();
        var at = certificate;
        while (path.size() < LONGEST_PATH) {
            path.add(at);
            var child = at;
            if (anchors.stream().anyMatch(anchor -> isIssuedBy(child, anchor.getTrustedCert()))) {
                return path;
            }
            var issuer = directory.authorities().stream().filter(authority -> isIssuedBy(child, authority)).findFirst();
            if (issuer.isEmpty()) {
                return List.of();
            }
            at = issuer.get();
        }
        return List.of();
    }

    private static boolean isIssuedBy(X509Certificate child, X509Certificate authority) {
        if (!child.getIssuerX500Principal().equals(authority.getSubjectX500Principal())) {
            return false;
        }
        try {
            child.verify(authority.getPublicKey());
            return true;
        } catch (GeneralSecurityException another) {
            return false;
        }
    }

    private static Digest digest(X509Certificate certificate) throws RefusedMessage {
        try {
            return Digest.of(certificate.getEncoded());
        } catch (CertificateEncodingException broken) {
            throw new RefusedMessage(Reason.CERTIFICATE_UNTRUSTED);
        }
    }
}
