package nl.ketenpoort.policies;

import java.util.Map;

import com.cedarpolicy.value.Value;

/** One question of the gateway: may this receiver have this datum of this message type, given these facts. */
record Question(String messageType, Receiver receiver, Datum datum, Facts facts) {

    Map<String, Value> context() {
        return facts.context();
    }

    Question with(String fact, Object value) {
        return new Question(messageType, receiver, datum, facts.with(fact, value));
    }
}
