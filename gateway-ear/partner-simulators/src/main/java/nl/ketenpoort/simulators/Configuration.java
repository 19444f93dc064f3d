package nl.ketenpoort.simulators;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

import nl.ketenpoort.partnerclient.Identity;
import nl.ketenpoort.partnerclient.Trust;

/**
 * One simulated partner, read from a properties file. Relative paths start at the file's directory.
 *
 * <pre>
 * name=Veilig Thuis Test
 * oin=00000099000000020000                 must be the OIN of both keys
 * functions=VEILIG_THUIS,...               in which it receives
 * mode=push|mailbox|both                   push listens, mailbox fetches
 * gateway.endpoint=https://localhost:8443/ketenpoort/v1/berichten
 * gateway.sign=sign.crt                    PEM or DER; may name more, separated by commas
 * gateway.decrypt=decrypt.crt
 * gateway.receipt=receipt.crt              may name more
 * tls=tls.p12
 * sign=sign.p12
 * password=... or password.file=password   of all key stores
 * trust=truststore.p12
 * intermediates=issuing.crt                optional; issuing authorities
 * crls=root.crl,issuing.crl                read anew when they change
 * delivery.port=0                          0 takes a free one
 * delivery.path=/bezorging
 * control.port=0                           loopback only
 * journal=journal.jsonl
 * </pre>
 */
public record Configuration(String name, String oin, Set<String> functions, Mode mode, URI gateway, Identity tls,
        Identity sign, List<X509Certificate> gatewaySign, X509Certificate gatewayDecrypt,
        List<X509Certificate> gatewayReceipt, Trust trust, int deliveryPort, String deliveryPath, int controlPort,
        Path journal) {

    /** How deliveries arrive. */
    public enum Mode {
        /** The gateway calls. */
        PUSH,
        /** The partner asks. */
        MAILBOX,
        /** Both, for different functions. */
        BOTH;

        boolean listens() {
            return this != MAILBOX;
        }
    }

    /** Refuses keys of another organisation. */
    public Configuration {
        functions = Set.copyOf(functions);
        if (!tls.oin().equals(oin) || !sign.oin().equals(oin)) {
            throw new IllegalArgumentException("The keys of " + name + " are not those of OIN " + oin);
        }
    }

    /** Reads a file; refuses one that lacks something, and names it. */
    public static Configuration read(Path file) {
        var properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
        return new Reading(properties, file.toAbsolutePath().resolveSibling("")).configuration();
    }

    private record Reading(Properties properties, Path directory) {

        Configuration configuration() {
            String password = password();
            return new Configuration(text("name"), text("oin"), Set.of(text("functions").split("\\s*,\\s*")),
                    Mode.valueOf(text("mode").toUpperCase(Locale.ROOT)), URI.create(text("gateway.endpoint")),
                    Identity.fromPkcs12(path(text("tls")), password), Identity.fromPkcs12(path(text("sign")), password),
                    certificates("gateway.sign"), certificates("gateway.decrypt").getFirst(),
                    certificates("gateway.receipt"),
                    trust(password), number("delivery.port"), properties.getProperty("delivery.path", "/bezorging"),
                    number("control.port"), path(text("journal")));
        }

        private String text(String key) {
            return optional(key).orElseThrow(() -> new IllegalArgumentException("The configuration lacks " + key));
        }

        private Optional<String> optional(String key) {
            return Optional.ofNullable(properties.getProperty(key)).map(String::strip)
                    .filter(value -> !value.isEmpty());
        }

        private int number(String key) {
            return Integer.parseInt(properties.getProperty(key, "0").strip());
        }

        private Path path(String value) {
            return directory.resolve(value);
        }

        private List<Path> paths(String key) {
            return optional(key).map(value -> List.of(value.split("\\s*,\\s*"))).orElse(List.of()).stream()
                    .map(this::path)
                    .toList();
        }

        private String password() {
            return optional("password").orElseGet(() -> {
                try {
                    return Files.readString(path(text("password.file"))).strip();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }

        private List<X509Certificate> certificates(String key) {
            text(key);
            return certificates(paths(key));
        }

        private static List<X509Certificate> certificates(List<Path> files) {
            List<X509Certificate> certificates = new ArrayList<>();
            for (Path file : files) {
                try (InputStream in = Files.newInputStream(file)) {
                    certificates.add((X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in));
                } catch (IOException | GeneralSecurityException e) {
                    throw new IllegalArgumentException("Cannot read the certificate " + file, e);
                }
            }
            return certificates;
        }

        private Trust trust(String password) {
            Path store = path(text("trust"));
            var lists = new RevocationLists(paths("crls"));
            try (InputStream in = Files.newInputStream(store)) {
                KeyStore trusted = KeyStore.getInstance("PKCS12");
                trusted.load(in, password.toCharArray());
                List<X509Certificate> intermediates = new ArrayList<>(certificates(paths("intermediates")));
                return Trust.from(trusted, intermediates, lists::current);
            } catch (IOException | GeneralSecurityException e) {
                throw new IllegalArgumentException("Cannot read the trust store " + store, e);
            }
        }
    }

    /** Files that are read again when they change: a revocation counts from the moment that its list is published. */
    private static final class RevocationLists {

        private final List<Path> files;
        private List<FileTime> read = List.of();
        private List<X509CRL> lists = List.of();

        RevocationLists(List<Path> files) {
            this.files = files;
        }

        synchronized List<X509CRL> current() {
            try {
                List<FileTime> changed = new ArrayList<>();
                for (Path file : files) {
                    changed.add(Files.getLastModifiedTime(file));
                }
                if (!changed.equals(read)) {
                    List<X509CRL> fresh = new ArrayList<>();
                    for (Path file : files) {
                        fresh.add(read(file));
                    }
                    lists = List.copyOf(fresh);
                    read = changed;
                }
                return lists;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static X509CRL read(Path file) throws IOException {
            try (InputStream in = Files.newInputStream(file)) {
                return (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(in);
            } catch (GeneralSecurityException e) {
                throw new IOException("Cannot read the revocation list " + file, e);
            }
        }
    }
}
