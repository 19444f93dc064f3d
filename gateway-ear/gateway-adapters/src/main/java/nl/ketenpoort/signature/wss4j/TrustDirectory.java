package nl.ketenpoort.signature.wss4j;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificates of authorities ({@code .crt}, {@code .cer}, {@code .pem}) and the revocation lists ({@code .crl}) in
 * one directory, read again as soon as a file changes. A file that cannot be read counts as absent: then whoever relies
 * on it is refused, which is the safe side.
 */
final class TrustDirectory {

    private static final Logger LOG = LoggerFactory.getLogger(TrustDirectory.class);

    private final Path directory;
    /** Live: a store that was made of it sees every change. */
    private final CopyOnWriteArrayList<Object> inStore = new CopyOnWriteArrayList<>();
    private final CertStore store;
    private volatile Contents contents;

    /** @param state size and time of every file; what the contents were read from */
    private record Contents(Map<Path, String> state, List<X509Certificate> authorities, List<X509CRL> lists,
            long version, Instant currentUntil) {}

    TrustDirectory(Path directory, Instant now) {
        this.directory = directory;
        try {
            this.store = CertStore.getInstance("Collection", new CollectionCertStoreParameters(inStore));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("This Java has no certificate store in memory", missing);
        }
        this.contents = new Contents(Map.of(), List.of(), List.of(), 0, Instant.MAX);
        refresh(now);
    }

    /** Authorities and current lists; follows the directory at each {@link #refresh}. */
    CertStore store() {
        return store;
    }

    List<X509Certificate> authorities() {
        return contents.authorities();
    }

    /** Until when the lists that are current now stay so. */
    Instant currentUntil() {
        return contents.currentUntil();
    }

    /**
     * Looks whether a file changed or a list ran out.
     *
     * @return a number that is another one after every change
     */
    long refresh(Instant now) {
        var known = contents;
        if (known.version() > 0 && now.isBefore(known.currentUntil()) && state().equals(known.state())) {
            return known.version();
        }
        return read(now);
    }

    private synchronized long read(Instant now) {
        var state = state();
        var known = contents;
        if (known.version() > 0 && now.isBefore(known.currentUntil()) && state.equals(known.state())) {
            return known.version();
        }
        var authorities = new ArrayList<X509Certificate>();
        var lists = new ArrayList<X509CRL>();
        for (var file : state.keySet()) {
            try (var in = Files.newInputStream(file)) {
                var factory = CertificateFactory.getInstance("X.509");
                if (isList(file)) {
                    factory.generateCRLs(in).forEach(list -> lists.add((X509CRL) list));
                } else {
                    factory.generateCertificates(in).forEach(found -> authorities.add((X509Certificate) found));
                }
            } catch (IOException | GeneralSecurityException unreadable) {
                LOG.error("{} was not read; whoever relies on it is refused", file, unreadable);
            }
        }
        var current = lists.stream().filter(list -> isCurrent(list, now)).toList();
        lists.stream().filter(list -> !isCurrent(list, now)).forEach(
                list -> LOG.error("The revocation list of {} is not current; get a new one",
                        list.getIssuerX500Principal()));
        var until = current.stream().map(list -> list.getNextUpdate().toInstant()).min(Instant::compareTo)
                .orElse(Instant.MAX);
        inStore.addAllAbsent(authorities);
        inStore.addAllAbsent(current);
        inStore.removeIf(old -> !authorities.contains(old) && !current.contains(old));
        contents = new Contents(state, List.copyOf(authorities), current, known.version() + 1, until);
        return known.version() + 1;
    }

    /** A list without a next update never says that it is out of date: it is none of PKIoverheid. */
    private static boolean isCurrent(X509CRL list, Instant now) {
        return list.getNextUpdate() != null && now.isBefore(list.getNextUpdate().toInstant());
    }

    private Map<Path, String> state() {
        var state = new TreeMap<Path, String>();
        try (var files = Files.newDirectoryStream(directory, TrustDirectory::isWanted)) {
            for (var file : files) {
                var attributes = Files.readAttributes(file, BasicFileAttributes.class);
                state.put(file, attributes.lastModifiedTime() + " " + attributes.size() + " " + attributes.fileKey());
            }
        } catch (NoSuchFileException replacedMeanwhile) {
            LOG.debug("A file was replaced while the trust directory was read; it is looked at again next time");
        } catch (IOException | DirectoryIteratorException unreadable) {
            LOG.error("The trust directory cannot be read; every certificate is refused", unreadable);
            return Map.of();
        }
        return state;
    }

    private static boolean isWanted(Path file) {
        var name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return isList(file) || name.endsWith(".crt") || name.endsWith(".cer") || name.endsWith(".pem");
    }

    private static boolean isList(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".crl");
    }
}
