package nl.ketenpoort.signature;

import java.util.Arrays;
import java.util.Optional;

/** The operations of the partner interface ({@code services/ketenpoort.wsdl}). */
public enum Operation {
    /** Send a case message. */
    SEND("verzenden"),
    /** Fetch waiting messages from the mailbox. */
    FETCH("ophalen"),
    /** Confirm what was fetched. */
    CONFIRM("bevestigen"),
    /** Ask how a message of one's own fares. */
    STATUS("status"),
    /** Register a consent. */
    REGISTER_CONSENT("toestemmingRegistreren"),
    /** Show the consents of a case. */
    SHOW_CONSENT("toestemmingTonen"),
    /** Withdraw a consent. */
    WITHDRAW_CONSENT("toestemmingIntrekken"),
    /** A test call. */
    TEST("testoproep");

    private static final String ACTION_BASE = "urn:nl:ketenpoort:diensten:v1:";

    private final String wsdlName;

    Operation(String wsdlName) {
        this.wsdlName = wsdlName;
    }

    /** Name of the operation in the WSDL; request and answer elements are this name and Verzoek or Antwoord. */
    public String wsdlName() {
        return wsdlName;
    }

    /** {@code wsa:Action} of the request. */
    public String requestAction() {
        return ACTION_BASE + wsdlName + "Verzoek";
    }

    /** {@code wsa:Action} of the answer. */
    public String answerAction() {
        return ACTION_BASE + wsdlName + "Antwoord";
    }

    /** The operation whose request has this {@code wsa:Action}. */
    public static Optional<Operation> ofRequestAction(String action) {
        return Arrays.stream(values()).filter(operation -> operation.requestAction().equals(action)).findFirst();
    }
}
