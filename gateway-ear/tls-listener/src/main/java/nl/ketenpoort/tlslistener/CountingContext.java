package nl.ketenpoort.tlslistener;

import java.security.GeneralSecurityException;
import java.security.KeyManagementException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * The JDK's own context, with its trust managers and engines counted. Sockets are counted where a certificate was refused
 * and nowhere else; the server uses engines.
 */
final class CountingContext extends SSLContextSpi {

    private static final String JDK = "SunJSSE";

    private final SSLContext jdk;
    private final RequiredLists lists;
    private final RefusalCounts refusals;

    CountingContext(String protocol, RequiredLists lists, RefusalCounts refusals) throws GeneralSecurityException {
        // By name, so that this provider never finds itself, wherever it stands among the others.
        this.jdk = SSLContext.getInstance(protocol, JDK);
        this.lists = lists;
        this.refusals = refusals;
    }

    @Override
    protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random)
            throws KeyManagementException {
        jdk.init(keys, trust == null
                ? null
                : Arrays.stream(trust).map(this::counting).toArray(TrustManager[]::new), random);
    }

    /**
     * One that is not extended stays as it is, because the JDK adds checks to it that it leaves to an extended one. What
     * it refuses is then counted without certificate, by the engine; that of Elytron is an extended one.
     */
    private TrustManager counting(TrustManager trust) {
        return trust instanceof X509ExtendedTrustManager extended
                ? new CountingTrustManager(extended, lists, refusals)
                : trust;
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
        return new CountingEngine(jdk.createSSLEngine(), refusals);
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
        return new CountingEngine(jdk.createSSLEngine(host, port), refusals);
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
        return jdk.getSocketFactory();
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
        return jdk.getServerSocketFactory();
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
        return jdk.getServerSessionContext();
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
        return jdk.getClientSessionContext();
    }

    @Override
    protected SSLParameters engineGetDefaultSSLParameters() {
        return jdk.getDefaultSSLParameters();
    }

    @Override
    protected SSLParameters engineGetSupportedSSLParameters() {
        return jdk.getSupportedSSLParameters();
    }
}
