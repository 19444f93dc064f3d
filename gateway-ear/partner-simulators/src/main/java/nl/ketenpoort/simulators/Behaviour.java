package nl.ketenpoort.simulators;

/** How a simulated partner answers a delivery by push. */
public enum Behaviour {

    /** As it should. */
    RIGHT,

    /** Takes the delivery, and answers signed with another digest. */
    WRONG_DIGEST,

    /** Takes the delivery, and answers rightly but without any WS-Security. */
    UNSIGNED,

    /** Takes the delivery, and cuts the connection instead of answering: the gateway cannot know. */
    DISCONNECT,

    /** HTTP 500 without a body, before anything is taken. */
    HTTP_500,

    /** HTTP 307 to another path, before anything is taken: a gateway follows no redirects. */
    REDIRECT,

    /** Takes nothing and answers nothing until the behaviour changes or a minute passed; then as it should. */
    SLOW,

    /** A signed fault: the partner's system cannot take it. */
    FAULT,

    /** The same, from a careless system: its text and its detail repeat the content that was delivered. */
    FAULT_QUOTING
}
