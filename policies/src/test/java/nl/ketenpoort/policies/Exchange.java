package nl.ketenpoort.policies;

/** Who sends what to whom, and for which purpose. */
record Exchange(String type, String sender, String receiver, String purpose) {}
