package nl.ketenpoort.tlslistener;

import java.util.Optional;

/**
 * Handshakes that were refused for one reason, and where a certificate was shown, with that certificate. What a
 * certificate says is what the client showed: it was refused before it had to prove that it holds the key.
 *
 * @param why the reason
 * @param serial serial number of the certificate, hexadecimal; at most 40 digits, three dots after one that was longer
 * @param oin {@code subject:serialNumber}, if it is 20 digits
 * @param others whether these are all the certificates together for which there was no room
 * @param lastAddress from where the last of them came, if known
 * @param count how many; at least one
 */
public record RefusalCount(Why why, Optional<String> serial, Optional<String> oin, boolean others,
        Optional<String> lastAddress, long count) {

    /** @throws IllegalArgumentException if it counts nothing */
    public RefusalCount {
        if (count < 1) {
            throw new IllegalArgumentException("Nothing was refused: " + count);
        }
    }
}
