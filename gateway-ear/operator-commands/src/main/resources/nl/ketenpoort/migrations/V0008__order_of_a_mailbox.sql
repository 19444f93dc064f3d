-- A mailbox is read in the order in which things came into it. The time of the message was not that order: a notice has
-- the time of the message it is about, and the clocks of two nodes differ. Numbered under the lock of the lane, so that
-- it agrees with the sequence that the receiver sees.
ALTER TABLE delivery ADD COLUMN arrival bigint GENERATED ALWAYS AS IDENTITY;

DROP INDEX delivery_in_mailbox;
CREATE INDEX delivery_in_mailbox ON delivery (receiver, urgent DESC, arrival) WHERE state IN ('MAILBOX', 'DISCLOSED');
