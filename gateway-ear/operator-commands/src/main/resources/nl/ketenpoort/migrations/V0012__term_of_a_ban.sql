-- A decision that does not extend a ban may tell an end no later than the one it had. That is not ban_end, which a
-- suspension brings forward and a ruling after it may restore.
ALTER TABLE case_file ADD COLUMN ban_term timestamptz;
COMMENT ON COLUMN case_file.ban_term IS 'When the ban ends by the decision that imposed it or extended it last.';
-- Of a ban that was suspended or has ended, ban_end is not that term; without one a ruling may restore it.
UPDATE case_file SET ban_term = ban_end WHERE ban_start IS NOT NULL AND phase IN ('OPEN', 'VERLENGD');
