package nl.ketenpoort.tlslistener;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;

/**
 * The JDK's own engine in everything; a handshake that fails is counted once. That a client goes away in the middle is no
 * refusal and is not counted.
 */
final class CountingEngine extends SSLEngine {

    private final SSLEngine jdk;
    private final RefusalCounts refusals;
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile boolean answered;
    private volatile BiFunction<SSLEngine, List<String>, String> protocolSelector;

    CountingEngine(SSLEngine jdk, RefusalCounts refusals) {
        this.jdk = jdk;
        this.refusals = refusals;
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer[] sources, int offset, int length, ByteBuffer target) throws SSLException {
        try {
            var result = jdk.wrap(sources, offset, length, target);
            if (result.bytesProduced() > 0) {
                answered = true;
            }
            return followed(result);
        } catch (SSLException | RuntimeException failure) {
            failed(failure);
            throw failure;
        }
    }

    @Override
    public SSLEngineResult unwrap(ByteBuffer source, ByteBuffer[] targets, int offset, int length)
            throws SSLException {
        try {
            return followed(jdk.unwrap(source, targets, offset, length));
        } catch (SSLException | RuntimeException failure) {
            failed(failure);
            throw failure;
        }
    }

    private SSLEngineResult followed(SSLEngineResult result) {
        if (result.getHandshakeStatus() == HandshakeStatus.FINISHED) {
            over.set(true);
        }
        return result;
    }

    private void failed(Exception failure) {
        if (jdk.getUseClientMode() || over.getAndSet(true) || ClientRefused.isIn(failure)) {
            return;
        }
        refusals.note(why(failure), Optional.empty(), Optional.ofNullable(jdk.getPeerHost()));
    }

    private Why why(Exception failure) {
        if (!answered) {
            return Why.PROTOCOL;
        }
        return showedNothing(failure) ? Why.NO_CERTIFICATE : Why.OTHER;
    }

    /** The JDK says it in words only; a test sees to it that these are still its words. */
    private static boolean showedNothing(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (String.valueOf(cause.getMessage()).contains("Empty client certificate chain")) {
                return true;
            }
        }
        return false;
    }

    /** Whoever chooses is given this engine, which is the one he knows. */
    @Override
    public void setHandshakeApplicationProtocolSelector(BiFunction<SSLEngine, List<String>, String> selector) {
        protocolSelector = selector;
        jdk.setHandshakeApplicationProtocolSelector(selector == null
                ? null
                : (engine, protocols) -> selector.apply(this, protocols));
    }

    @Override
    public BiFunction<SSLEngine, List<String>, String> getHandshakeApplicationProtocolSelector() {
        return protocolSelector;
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer source, ByteBuffer target) throws SSLException {
        return wrap(new ByteBuffer[]{source}, 0, 1, target);
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer[] sources, ByteBuffer target) throws SSLException {
        return wrap(sources, 0, sources.length, target);
    }

    @Override
    public SSLEngineResult unwrap(ByteBuffer source, ByteBuffer target) throws SSLException {
        return unwrap(source, new ByteBuffer[]{target}, 0, 1);
    }

    @Override
    public SSLEngineResult unwrap(ByteBuffer source, ByteBuffer[] targets) throws SSLException {
        return unwrap(source, targets, 0, targets.length);
    }

    @Override
    public String getPeerHost() {
        return jdk.getPeerHost();
    }

    @Override
    public int getPeerPort() {
        return jdk.getPeerPort();
    }

    @Override
    public Runnable getDelegatedTask() {
        return jdk.getDelegatedTask();
    }

    @Override
    public void closeInbound() throws SSLException {
        jdk.closeInbound();
    }

    @Override
    public boolean isInboundDone() {
        return jdk.isInboundDone();
    }

    @Override
    public void closeOutbound() {
        jdk.closeOutbound();
    }

    @Override
    public boolean isOutboundDone() {
        return jdk.isOutboundDone();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return jdk.getSupportedCipherSuites();
    }

    @Override
    public String[] getEnabledCipherSuites() {
        return jdk.getEnabledCipherSuites();
    }

    @Override
    public void setEnabledCipherSuites(String[] suites) {
        jdk.setEnabledCipherSuites(suites);
    }

    @Override
    public String[] getSupportedProtocols() {
        return jdk.getSupportedProtocols();
    }

    @Override
    public String[] getEnabledProtocols() {
        return jdk.getEnabledProtocols();
    }

    @Override
    public void setEnabledProtocols(String[] protocols) {
        jdk.setEnabledProtocols(protocols);
    }

    @Override
    public SSLSession getSession() {
        return jdk.getSession();
    }

    @Override
    public SSLSession getHandshakeSession() {
        return jdk.getHandshakeSession();
    }

    @Override
    public void beginHandshake() throws SSLException {
        jdk.beginHandshake();
    }

    @Override
    public HandshakeStatus getHandshakeStatus() {
        return jdk.getHandshakeStatus();
    }

    @Override
    public void setUseClientMode(boolean client) {
        jdk.setUseClientMode(client);
    }

    @Override
    public boolean getUseClientMode() {
        return jdk.getUseClientMode();
    }

    @Override
    public void setNeedClientAuth(boolean need) {
        jdk.setNeedClientAuth(need);
    }

    @Override
    public boolean getNeedClientAuth() {
        return jdk.getNeedClientAuth();
    }

    @Override
    public void setWantClientAuth(boolean want) {
        jdk.setWantClientAuth(want);
    }

    @Override
    public boolean getWantClientAuth() {
        return jdk.getWantClientAuth();
    }

    @Override
    public void setEnableSessionCreation(boolean may) {
        jdk.setEnableSessionCreation(may);
    }

    @Override
    public boolean getEnableSessionCreation() {
        return jdk.getEnableSessionCreation();
    }

    @Override
    public SSLParameters getSSLParameters() {
        return jdk.getSSLParameters();
    }

    @Override
    public void setSSLParameters(SSLParameters parameters) {
        jdk.setSSLParameters(parameters);
    }

    @Override
    public String getApplicationProtocol() {
        return jdk.getApplicationProtocol();
    }

    @Override
    public String getHandshakeApplicationProtocol() {
        return jdk.getHandshakeApplicationProtocol();
    }
}
