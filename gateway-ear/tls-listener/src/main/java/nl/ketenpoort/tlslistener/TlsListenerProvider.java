package nl.ketenpoort.tlslistener;

import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.util.List;
import java.util.Map;

/**
 * Offers the contexts of TLS, 1.3 and 1.2 of the JDK, and counts the handshakes that they refuse
 * ({@link RefusalCounts#ofThisServer}). It lets nobody in, and refuses of its own accord only while the file of a
 * revocation list is missing. Not to be registered with {@link java.security.Security}: whoever wants it is given it, as
 * Elytron is by {@code 20-tls.cli}.
 */
public final class TlsListenerProvider extends Provider {

    /** The provider's name. */
    public static final String NAME = "KetenpoortTls";

    private static final long serialVersionUID = 1L;
    private static final List<String> PROTOCOLS = List.of("TLS", "TLSv1.3", "TLSv1.2");

    /**
     * Counts for this server; the container calls it.
     *
     * @param lists files of the revocation lists, with commas between them
     * @throws IllegalArgumentException if it names none
     */
    public TlsListenerProvider(String lists) {
        this(RequiredLists.named(lists), RefusalCounts.ofThisServer());
    }

    TlsListenerProvider(RequiredLists lists, RefusalCounts refusals) {
        super(NAME, "1.0", "TLS of the JDK that counts whom it refuses");
        PROTOCOLS.forEach(protocol -> putService(new Context(this, protocol, lists, refusals)));
    }

    private static final class Context extends Service {

        private final RequiredLists lists;
        private final RefusalCounts refusals;

        Context(Provider provider, String protocol, RequiredLists lists, RefusalCounts refusals) {
            super(provider, "SSLContext", protocol, CountingContext.class.getName(), List.of(), Map.of());
            this.lists = lists;
            this.refusals = refusals;
        }

        @Override
        public Object newInstance(Object parameter) throws NoSuchAlgorithmException {
            try {
                return new CountingContext(getAlgorithm(), lists, refusals);
            } catch (GeneralSecurityException missing) {
                throw new NoSuchAlgorithmException("This Java has no " + getAlgorithm() + " of its own", missing);
            }
        }
    }
}
