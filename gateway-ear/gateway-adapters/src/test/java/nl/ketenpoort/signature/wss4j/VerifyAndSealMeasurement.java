package nl.ketenpoort.signature.wss4j;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

import nl.ketenpoort.signature.Operation;
import nl.ketenpoort.signature.SignatureVerification.Correspondent;
import nl.ketenpoort.signature.SignatureVerification.Proven;
import nl.ketenpoort.signature.VerifiedMessage;

/** CPU of one verification and one sealing of 4 KB, after warming up; run by hand, it proves nothing. */
final class VerifyAndSealMeasurement {

    private VerifyAndSealMeasurement() {}

    public static void main(String[] arguments) {
        int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 60;
        var gateway = Pki.gateway(Clock.systemUTC());
        var verification = gateway.verification();
        var sealing = gateway.sealing();
        var text = "<kp:tekst>" + "Een regel tekst. ".repeat(6) + "</kp:tekst>";
        var body = PartnerRequest.BODY.replaceAll("<kp:tekst>.*</kp:tekst>", text.repeat(30));
        var answer = body.replace("Verzoek", "Antwoord").getBytes(StandardCharsets.UTF_8);
        var threads = ManagementFactory.getThreadMXBean();
        long until = System.nanoTime() + seconds * 1_000_000_000L;
        while (System.nanoTime() < until) {
            var received = PartnerRequest.with(request -> request.body = body).received();
            long verifying = 0;
            long sealingTime = 0;
            int rounds = 500;
            for (int i = 0; i < rounds; i++) {
                long start = threads.getCurrentThreadCpuTime();
                var outcome = verification.verify(received);
                if (!(outcome instanceof Proven(VerifiedMessage message))) {
                    throw new IllegalStateException("Not proven: " + outcome);
                }
                long between = threads.getCurrentThreadCpuTime();
                sealing.seal(Correspondent.of(message), Operation.TEST, answer);
                verifying += between - start;
                sealingTime += threads.getCurrentThreadCpuTime() - between;
            }
            System.out.printf("%d bytes of body: verify %.2f ms, seal %.2f ms%n", body.length(),
                    verifying / 1e6 / rounds, sealingTime / 1e6 / rounds);
        }
    }
}
