package nl.ketenpoort.demonstration.script;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import nl.ketenpoort.demonstration.Partner;

/**
 * A play: its cases, and its steps in order. Everything that is expected is in it.
 *
 * @param title what it is, Dutch
 * @param cases the cases it opens
 * @param steps in order
 */
public record Script(String title, List<CaseStory> cases, List<Step> steps) {

    /** Copies the lists. */
    public Script {
        cases = List.copyOf(cases);
        steps = List.copyOf(steps);
    }

    /**
     * A case, from the case descriptions of the research; the people are fictitious.
     *
     * @param number as in the research
     * @param title what it is about, Dutch
     * @param day day of its messages on which it is told; everything moves with it to the day on which it is played
     * @param replacements what is different in every message of it from the example that the message is made of
     */
    public record CaseStory(String number, String title, LocalDate day, List<Replacement> replacements) {

        /** Copies the list. */
        public CaseStory {
            replacements = List.copyOf(replacements);
        }
    }

    /**
     * One text in place of another.
     *
     * @param text what stands in the example
     * @param by what the message has
     */
    public record Replacement(String text, String by) {}

    /**
     * A step of the play.
     *
     * @param number in order, from 1
     * @param title Dutch
     * @param items in order
     */
    public record Step(int number, String title, List<Item> items) {

        /** Copies the list. */
        public Step {
            items = List.copyOf(items);
        }
    }

    /** Something that is done or looked at. */
    public sealed interface Item {

        /** How it is named in the script, for instance 2.1. */
        String number();

        /** What it is, for a reader, Dutch. */
        String story();
    }

    /**
     * A message is sent.
     *
     * @param number name in the script
     * @param story for a reader
     * @param caseNumber case it belongs to
     * @param sender who sends
     * @param making how it is made
     * @param expected what must come of it
     */
    public record Message(String number, String story, String caseNumber, Partner sender, Making making,
            Expected expected) implements Item {}

    /**
     * How a message is made.
     *
     * @param source path of an example, {@code type/name} or {@code type/refused/name}; or of a message of the script,
     * {@code script/name}; or {@code number/n} for the same text as an earlier message
     * @param replacements after those of the case; each must find its text
     * @param without paths of elements that are taken out, from below the request
     * @param refersTo number of the message it refers to
     * @param consent name of the consent that it names
     * @param messageIdOf number of the message whose MessageID it uses again
     * @param unknownCase whether it names a case that does not exist
     */
    public record Making(String source, List<Replacement> replacements, List<String> without, Optional<String> refersTo,
            Optional<String> consent, Optional<String> messageIdOf, boolean unknownCase) {

        /** Copies the lists. */
        public Making {
            replacements = List.copyOf(replacements);
            without = List.copyOf(without);
        }
    }

    /** What must come of a message. */
    public sealed interface Expected {}

    /**
     * A refusal of the whole.
     *
     * @param code permanent code
     * @param lawful text that must be in what the gateway says can be done; empty if it must say nothing of that
     */
    public record Refusal(String code, Optional<String> lawful) implements Expected {}

    /**
     * A receipt.
     *
     * @param deliveries who gets it; nobody else may
     * @param denied who does not, and by which code
     * @param parties who has which function in the case after it, each {@code FUNCTION@OIN}; empty for not compared
     */
    public record Receipt(List<Delivered> deliveries, List<Denied> denied, Set<String> parties) implements Expected {

        /** Copies them. */
        public Receipt {
            deliveries = List.copyOf(deliveries);
            denied = List.copyOf(denied);
            parties = Set.copyOf(parties);
        }
    }

    /** When a delivery must be there. */
    public enum When {
        /** Before the play goes on. */
        AT_ONCE,
        /** Not before an {@link Arrival} waits for it. */
        LATER,
        /** It was permitted, and must never arrive. */
        NEVER
    }

    /**
     * A delivery.
     *
     * @param partner who gets it
     * @param when when
     * @param purpose purpose that the delivery must name; empty for not compared
     * @param with paths that must be in it, or elements that must hold something
     * @param without paths and elements that must not be in it
     * @param only elements outside which nothing may be; empty for no such rule
     * @param showsProvenance whether its herkomst is shown
     */
    public record Delivered(Partner partner, When when, Optional<String> purpose, Set<String> with, Set<String> without,
            Set<String> only, boolean showsProvenance) {

        /** Copies the sets. */
        public Delivered {
            with = Set.copyOf(with);
            without = Set.copyOf(without);
            only = Set.copyOf(only);
        }
    }

    /**
     * A receiver that is refused.
     *
     * @param function as in the receipt
     * @param code permanent code
     * @param lawful as in {@link Refusal}
     */
    public record Denied(String function, String code, Optional<String> lawful) {}

    /**
     * A consent is registered.
     *
     * @param number name in the script
     * @param story for a reader
     * @param name by which messages name it
     * @param caseNumber case
     * @param sender who registers it
     * @param person case-local id of whose data it is
     * @param purpose for what
     * @param between functions between which data may go, both ways
     * @param categories which data
     */
    public record Consent(String number, String story, String name, String caseNumber, Partner sender, String person,
            String purpose, List<String> between, List<String> categories) implements Item {

        /** Copies the lists. */
        public Consent {
            between = List.copyOf(between);
            categories = List.copyOf(categories);
        }
    }

    /**
     * A consent is withdrawn.
     *
     * @param number name in the script
     * @param story for a reader
     * @param name which consent
     * @param caseNumber case
     * @param sender who withdraws it
     * @param stops how many waiting deliveries must be stopped by it
     */
    public record Withdrawal(String number, String story, String name, String caseNumber, Partner sender, int stops)
            implements
            Item {}

    /**
     * An endpoint goes down, or comes back.
     *
     * @param number name in the script
     * @param story for a reader
     * @param partner whose
     * @param up whether it comes back
     */
    public record Endpoint(String number, String story, Partner partner, boolean up) implements Item {}

    /**
     * A fictitious agreement is registered.
     *
     * @param number name in the script
     * @param story for a reader
     * @param kind kind that policies ask for
     */
    public record Agreement(String number, String story, String kind) implements Item {}

    /**
     * What could not be delivered before must arrive now.
     *
     * @param number name in the script
     * @param story for a reader
     * @param message number of the message
     */
    public record Arrival(String number, String story, String message) implements Item {}

    /**
     * A partner fetches what waits in its mailbox, and confirms it: what could not be pushed to it is there now.
     *
     * @param number name in the script
     * @param story for a reader
     * @param message number of the message that must be in it
     * @param partner who fetches
     */
    public record Fetching(String number, String story, String message, Partner partner) implements Item {}

    /**
     * The sender asks where his message is.
     *
     * @param number name in the script
     * @param story for a reader
     * @param message number of the message
     * @param function receiver
     * @param state state that the gateway must tell
     * @param code code that it must tell; empty for none
     */
    public record Status(String number, String story, String message, String function, String state, String code)
            implements
            Item {}

    /**
     * The gateway tells the sender that a message did not reach a receiver.
     *
     * @param number name in the script
     * @param story for a reader
     * @param message number of the message
     * @param partner who must be told
     * @param function receiver that it did not reach
     * @param state how that delivery ended, as the notice must say it
     * @param code why, as the notice must say it
     */
    public record Notice(String number, String story, String message, Partner partner, String function, String state,
            String code) implements Item {}

    /**
     * The record says how a delivery ended, and why.
     *
     * @param number name in the script
     * @param story for a reader
     * @param message number of the message
     * @param kind kind of the audit record
     * @param function receiver
     * @param code code
     */
    public record Recorded(String number, String story, String message, String kind, String function, String code)
            implements
            Item {}

    /**
     * The record names the rule by which something was left out.
     *
     * @param number name in the script
     * @param story for a reader
     * @param message number of the message
     * @param function receiver
     * @param category category of data
     * @param person whose data
     * @param policy id of the policy
     * @param code code
     */
    public record Rule(String number, String story, String message, String function, String category, String person,
            String policy, String code) implements Item {}

    /**
     * The record holds this alarm for a message, and no other.
     *
     * @param number name in the script
     * @param story for a reader
     * @param message number of the message
     * @param kind which alarm
     */
    public record Alarm(String number, String story, String message, String kind) implements Item {}

    /** Every item in order. */
    public Stream<Item> items() {
        return steps.stream().flatMap(step -> step.items().stream());
    }
}
