-- A digest without a salt lets whoever has the database test what he guesses of a small message, also after its erasure. A
-- repeat is known by the salted digest of the message.
ALTER TABLE message_claim DROP COLUMN body_digest;
COMMENT ON TABLE message_claim IS 'A MessageID that was accepted; bound to its content by the digest and the salt of message.';
