package nl.ketenpoort.acceptancetests;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import jakarta.json.JsonObject;

import nl.ketenpoort.demonstration.Partner;
import nl.ketenpoort.demonstration.Region;

/** What tests say of the chain. */
final class Chain {

    private static final Duration LONGEST = Duration.ofSeconds(45);
    private static final ScheduledExecutorService LOOKING = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());

    private final Region region;

    Chain(Region region) {
        this.region = region;
    }

    /** What became of a message that was sent. */
    record Sent(String messageId, JsonObject answer) {

        String outcome() {
            return answer.getString("outcome");
        }

        String code() {
            return answer.getString("code", "");
        }

        String caseId() {
            return answer.getString("case", "");
        }

        String receipt() {
            return answer.getString("receipt", "");
        }
    }

    /** A fresh case, opened by the municipality's decision. */
    String openCase() {
        var opened = send(Partner.GEMEENTE, Examples.opening());
        if (!opened.outcome().equals("RECEIPT")) {
            throw new AssertionError("the case was not opened: " + opened);
        }
        return opened.caseId();
    }

    Sent send(Partner sender, String request) {
        return sendAgain(sender, "urn:uuid:" + UUID.randomUUID(), request);
    }

    Sent sendAgain(Partner sender, String messageId, String request) {
        return new Sent(messageId, region.partner(sender).send(messageId, request));
    }

    /** Consent of a person that this coordinator and the GGZ share what care she or he has; its id. */
    String consentToAskTheGgz(Partner coordinator, String caseId, String person) {
        return idOf(registerConsentToAskTheGgz(coordinator, caseId, person));
    }

    /** The same for this organisation only. */
    String consentToAskThisGgz(Partner coordinator, Partner ggz, String caseId, String person) {
        return idOf(consent(coordinator, "GGZ@" + ggz.oin(), caseId, person, "CRISISHULP", List.of("O", "I", "H")));
    }

    /** What becomes of registering it. */
    JsonObject registerConsentToAskTheGgz(Partner coordinator, String caseId, String person) {
        return consent(coordinator, "GGZ", caseId, person, "CRISISHULP", List.of("O", "I", "H"));
    }

    /** Consent of a person that this coordinator hands her or him over to whoever has that function; its id. */
    String consentToHandOver(Partner coordinator, String function, String caseId, String person) {
        return idOf(consent(coordinator, function, caseId, person, "VERVOLGHULP", List.of("O", "H", "S", "T")));
    }

    private JsonObject consent(Partner coordinator, String with, String caseId, String person, String purpose,
            List<String> categories) {
        var function = coordinator.functions().getFirst();
        return region.partner(coordinator).registerConsent(caseId, function, person, purpose, List.of(function, with),
                categories);
    }

    private static String idOf(JsonObject registered) {
        if (!registered.containsKey("consent")) {
            throw new AssertionError("no consent was registered: " + registered);
        }
        return registered.getString("consent");
    }

    /** The endpoint of this partner stops listening. */
    void down(Partner partner) {
        region.partner(partner).down();
    }

    /** It listens again. */
    void up(Partner partner) {
        region.partner(partner).up();
    }

    List<JsonObject> received(Partner receiver, String messageId) {
        return region.partner(receiver).received().stream()
                .filter(entry -> entry.getString("message").equals(messageId)).toList();
    }

    JsonObject awaitReceived(Partner receiver, String messageId) {
        await(receiver + " has " + messageId, () -> !received(receiver, messageId).isEmpty());
        return received(receiver, messageId).getFirst();
    }

    /** Looks until it is so; fails after the longest wait. */
    static void await(String what, Callable<Boolean> condition) {
        long end = System.nanoTime() + LONGEST.toNanos();
        try {
            while (!condition.call()) {
                if (System.nanoTime() > end) {
                    throw new AssertionError("not within " + LONGEST + ": " + what);
                }
                LOOKING.schedule(() -> {}, 50, TimeUnit.MILLISECONDS).get();
            }
        } catch (AssertionError notSo) {
            throw notSo;
        } catch (Exception failure) {
            throw new AssertionError(what, failure);
        }
    }
}
