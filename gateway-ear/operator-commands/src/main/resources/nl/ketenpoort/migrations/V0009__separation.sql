-- That an endpoint is kept from other functions of the organisation is one thing, that sealed parts are kept apart within
-- a function another. Nobody has undertaken the second, so nobody has it.
ALTER TABLE endpoint
    ADD COLUMN separation_document text,
    ADD COLUMN sealed_parts        boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN endpoint.separated IS 'No other function of the organisation can read what is delivered here.';
COMMENT ON COLUMN endpoint.separation_document IS 'Where the partner undertakes so, if address and certificate do not.';
COMMENT ON COLUMN endpoint.sealed_parts IS 'Parts sealed from whoever serves another person are kept apart within it.';
COMMENT ON COLUMN endpoint.certificate IS 'DER; deliveries are encrypted to it, and only what it signed opens a mailbox.';
