package nl.ketenpoort.tlslistener;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Trusts whom another trusts while the revocation lists are there, and counts the clients who are refused. */
final class CountingTrustManager extends X509ExtendedTrustManager {

    private final X509ExtendedTrustManager trust;
    private final RequiredLists lists;
    private final RefusalCounts refusals;

    CountingTrustManager(X509ExtendedTrustManager trust, RequiredLists lists, RefusalCounts refusals) {
        this.trust = trust;
        this.lists = lists;
        this.refusals = refusals;
    }

    /** A question to the one who decides. */
    private interface Question {
        void ask() throws CertificateException;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        counted(() -> trust.checkClientTrusted(chain, authType), chain, Optional.empty());
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        counted(() -> trust.checkClientTrusted(chain, authType, socket), chain, address(socket));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        counted(() -> trust.checkClientTrusted(chain, authType, engine), chain,
                Optional.ofNullable(engine).map(SSLEngine::getPeerHost));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        trust.checkServerTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        trust.checkServerTrusted(chain, authType, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        trust.checkServerTrusted(chain, authType, engine);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return trust.getAcceptedIssuers();
    }

    private void counted(Question question, X509Certificate[] chain, Optional<String> address)
            throws CertificateException {
        try {
            question.ask();
            lists.check();
        } catch (CertificateException refusal) {
            var shown = ShownChain.of(chain);
            refusals.note(why(refusal, shown), shown, address);
            throw new ClientRefused(refusal);
        }
    }

    private Why why(CertificateException refusal, Optional<ShownChain> shown) {
        List<X509Certificate> authorities = Arrays.asList(trust.getAcceptedIssuers());
        return shown.filter(chain -> chain.issuedUnder(authorities)).map(chain -> Why.of(refusal))
                .orElse(Why.UNKNOWN_ISSUER);
    }

    /** The number and not the name, which would be a question to somebody else's server. */
    private static Optional<String> address(Socket socket) {
        SocketAddress remote = socket == null ? null : socket.getRemoteSocketAddress();
        return remote instanceof InetSocketAddress peer && !peer.isUnresolved()
                ? Optional.of(peer.getAddress().getHostAddress())
                : Optional.empty();
    }
}
