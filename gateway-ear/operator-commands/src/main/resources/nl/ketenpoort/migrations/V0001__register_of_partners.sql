-- Who takes part. Changed by `deploy/partners apply` only; the server reads.
CREATE TABLE register_version (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    version  bigint  NOT NULL
);
COMMENT ON TABLE register_version IS 'Grows with every change of the register, so that nodes know when to read it anew.';
INSERT INTO register_version (version) VALUES (1);

CREATE TABLE organisation (
    oin                char(20) PRIMARY KEY,
    name               text     NOT NULL,
    active             boolean  NOT NULL,
    own_ground_for_bsn boolean  NOT NULL
);

CREATE TABLE organisation_function (
    oin      char(20) NOT NULL REFERENCES organisation,
    function text     NOT NULL,
    PRIMARY KEY (oin, function)
);

CREATE TABLE intermediary (
    intermediary char(20) NOT NULL REFERENCES organisation,
    signer       char(20) NOT NULL REFERENCES organisation,
    PRIMARY KEY (intermediary, signer)
);

CREATE TABLE endpoint (
    oin         char(20) NOT NULL REFERENCES organisation,
    function    text     NOT NULL,
    push_uri    text,
    certificate bytea,
    separated   boolean  NOT NULL,
    PRIMARY KEY (oin, function),
    CHECK (push_uri IS NULL OR certificate IS NOT NULL)
);
COMMENT ON COLUMN endpoint.push_uri IS 'Where the gateway delivers; empty for a mailbox.';
COMMENT ON COLUMN endpoint.certificate IS 'DER; deliveries are encrypted to it.';

CREATE TABLE agreement (
    id          text        PRIMARY KEY,
    kind        text        NOT NULL,
    description text        NOT NULL,
    valid_from  timestamptz NOT NULL,
    valid_until timestamptz NOT NULL
);

CREATE TABLE agreement_party (
    agreement text     NOT NULL REFERENCES agreement,
    oin       char(20) NOT NULL REFERENCES organisation,
    PRIMARY KEY (agreement, oin)
);
