package nl.ketenpoort.operator;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An address the gateway may deliver to: https, a host, a port if need be, a path. No user and password, query or
 * fragment; not the machine of the gateway itself or an address that only means something there, because the gateway
 * would then be a way into its own network. A name is not looked up: what it means may be another thing tomorrow.
 */
final class PushAddress {

    private static final Pattern NUMBER = Pattern.compile("\\[.*]|[0-9.]+");

    private PushAddress() {}

    /** The address, or else what is wrong with it is added to the problems. */
    static Optional<URI> read(String text, boolean allowLoopback, int line, List<Problem> problems) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException malformed) {
            problems.add(new Problem(line, "Pushadres '%s' is geen URI.".formatted(text),
                    "Schrijf bijvoorbeeld https://koppelvlak.partner.example/ketenpoort."));
            return Optional.empty();
        }
        int before = problems.size();
        if (!"https".equalsIgnoreCase(uri.getScheme())) {
            problems.add(new Problem(line, "Pushadres '%s' is geen https.".formatted(withoutUser(uri)),
                    "Bezorgd wordt alleen over TLS: laat het met https:// beginnen."));
        }
        if (uri.getRawUserInfo() != null
                || (uri.getHost() == null && Optional.ofNullable(uri.getRawAuthority()).orElse("").contains("@"))) {
            problems.add(new Problem(line, "In het pushadres staat een gebruiker of wachtwoord.",
                    "Haal het weg, en vervang het wachtwoord; de partner herkent Ketenpoort aan het certificaat."));
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            problems.add(new Problem(line, "In het pushadres staat een vraagteken of hekje met wat erachter komt.",
                    "Geef een adres zonder query en fragment."));
        }
        if (uri.getHost() == null) {
            problems.add(new Problem(line, "In het pushadres staat geen host.",
                    "Schrijf https://, dan de naam van de server van de partner."));
        } else if (!allowLoopback && own(uri.getHost().toLowerCase(Locale.ROOT))) {
            problems.add(new Problem(line, "Pushadres met host '%s' wijst naar de machine van Ketenpoort zelf."
                    .formatted(uri.getHost()),
                    "Geef het adres van de partner. Voor een test: zet ketenpoort.partners.allow-loopback=true."));
        }
        if (uri.getPort() == 0 || uri.getPort() > 65535) {
            problems.add(new Problem(line, "Poort %d bestaat niet.".formatted(uri.getPort()),
                    "Gebruik 1 tot en met 65535, of laat de poort weg voor 443."));
        }
        return problems.size() == before ? Optional.of(uri) : Optional.empty();
    }

    private static boolean own(String host) {
        if (host.equals("localhost") || host.equals("localhost.") || host.endsWith(".localhost")
                || host.endsWith(".localhost.")) {
            return true;
        }
        if (!NUMBER.matcher(host).matches()) {
            return false;
        }
        try {
            // Of a number, not of a name: nothing is asked of the network.
            var address = InetAddress.getByName(host);
            return address.isLoopbackAddress() || address.isAnyLocalAddress() || address.isLinkLocalAddress()
                    || address.isMulticastAddress();
        } catch (UnknownHostException notAnAddress) {
            return true;
        }
    }

    private static String withoutUser(URI uri) {
        return uri.toString().replaceFirst("//[^/@]*@", "//");
    }
}
