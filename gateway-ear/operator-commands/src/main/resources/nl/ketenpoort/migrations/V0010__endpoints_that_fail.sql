-- How long to wait is worked out from how often the endpoint failed, less for what is urgent; and one lane tries it at a
-- time. What was known of endpoints is forgotten: each is tried at once.
DELETE FROM endpoint_backoff;
ALTER TABLE endpoint_backoff DROP COLUMN retry_at;
ALTER TABLE endpoint_backoff
    ADD COLUMN failed_at    timestamptz NOT NULL,
    ADD COLUMN probed_until timestamptz;
COMMENT ON COLUMN endpoint_backoff.failures IS 'In a row; attempts that were under way together count once.';
COMMENT ON COLUMN endpoint_backoff.probed_until IS 'Until then only the lane that tries it now may try it.';
CREATE INDEX delivery_urgent_waiting ON delivery (receiver, function, arrival)
    WHERE urgent AND state IN ('WAITING', 'SENDING');
