package nl.ketenpoort.messagetype;

/** Category of a leaf's data; the letters are those of the schemas ({@code annotatie-v1.xsd}). */
public enum Category {
    /** Ordinary. */
    O,
    /** Identifying number or identifying data. */
    I,
    /** Health, AVG art. 9. */
    H,
    /** Criminal, AVG art. 10. */
    C,
    /** Only the bans, custody and violence needed to keep somebody safe. */
    CB,
    /** About a child. */
    K,
    /** Finances. */
    F,
    /** Social network. */
    N,
    /** Identity of a reporter. */
    M,
    /** Who said a thing, when, who was present. */
    S,
    /** A child's words. */
    SK,
    /** The home under the ban. */
    WT,
    /** Any other present or future place of the protected person. */
    WV,
    /** A child's place. */
    WK,
    /** Place of the person put out of the home. */
    WU,
    /** Free text and attachments. */
    T
}
