package nl.ketenpoort.messagetype;

/**
 * What the schema says of a leaf: the pair that policies decide on.
 *
 * @param category category of the data
 * @param aboutPerson whether it is data of the nearest person pointed to; otherwise of nobody
 */
public record LeafRule(Category category, boolean aboutPerson) {}
