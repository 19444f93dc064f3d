-- Of an addressee who was refused before it was known who he is, only what the sender named is kept. Decisions of before
-- hold what their receipts say.
ALTER TABLE decision
    ALTER COLUMN oin DROP NOT NULL,
    ALTER COLUMN function DROP NOT NULL,
    ADD CONSTRAINT decision_names_somebody CHECK (oin IS NOT NULL OR function IS NOT NULL),
    ADD CONSTRAINT decision_permits_a_party CHECK (outcome <> 'PERMIT' OR (oin IS NOT NULL AND function IS NOT NULL));
COMMENT ON COLUMN decision.oin IS 'Empty if the sender did not name it and the addressee was refused.';
COMMENT ON COLUMN decision.function IS 'Empty if the sender did not name it and the addressee was refused.';
