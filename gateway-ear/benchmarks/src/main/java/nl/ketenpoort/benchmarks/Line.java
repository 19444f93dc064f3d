package nl.ketenpoort.benchmarks;

/** One way to load one of the two, and under which name it is reported. */
enum Line {

    FLOOR_1("floor, 1 sender", 1),
    GATEWAY_1("gateway, mailbox, 1 sender", 1),
    FLOOR_8("floor, 8 senders", 8),
    FLOOR_8_SAME_RSA("floor, RSA as the server, 8", 8),
    GATEWAY_8("gateway, mailbox, 8 senders", 8),
    FLOOR_PUSH_8("floor and push, 8 senders", 8),
    GATEWAY_PUSH_8("gateway, push, 8 senders", 8);

    private final String title;
    private final int senders;

    Line(String title, int senders) {
        this.title = title;
        this.senders = senders;
    }

    String title() {
        return title;
    }

    int senders() {
        return senders;
    }

    boolean gateway() {
        return this == GATEWAY_1 || this == GATEWAY_8 || this == GATEWAY_PUSH_8;
    }

    /** The floor with the provider that the gateway's server has first. */
    boolean sameRsa() {
        return this == FLOOR_8_SAME_RSA;
    }

    boolean push() {
        return this == FLOOR_PUSH_8 || this == GATEWAY_PUSH_8;
    }
}
