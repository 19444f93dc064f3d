-- What is known of the attempts, so that a sender is told truly whether anything was given when a delivery is stopped.
ALTER TABLE delivery
    ADD COLUMN unconfirmed      integer NOT NULL DEFAULT 0,
    ADD COLUMN may_have_arrived boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN delivery.unconfirmed IS 'Attempts that somebody must look at; after a number of them it is parked.';
COMMENT ON COLUMN delivery.may_have_arrived IS
    'True from the moment it is sent or fetched, unless it is certain that nothing was sent.';

-- Of earlier attempts nothing is known, so they may have arrived.
UPDATE delivery SET may_have_arrived = true WHERE state IN ('SENDING', 'DISCLOSED', 'DELIVERED') OR attempts > 0;
