CREATE TABLE case_file (
    id              uuid PRIMARY KEY,
    municipality    char(4)     NOT NULL,
    decision_number text        NOT NULL,
    phase           text        NOT NULL,
    regie_oin       char(20)    REFERENCES organisation,
    regie_function  text,
    ban_start       timestamptz,
    ban_end         timestamptz,
    opened_at       timestamptz NOT NULL,
    closed_at       timestamptz,
    UNIQUE (municipality, decision_number)
);

CREATE TABLE case_party (
    case_id  uuid        NOT NULL REFERENCES case_file,
    oin      char(20)    NOT NULL REFERENCES organisation,
    function text        NOT NULL,
    serves   text[]      NOT NULL,
    since    timestamptz NOT NULL,
    PRIMARY KEY (case_id, oin, function)
);
COMMENT ON COLUMN case_party.serves IS 'Roles of the persons the function serves, from the route of the region.';

CREATE TABLE case_requested_party (
    case_id  uuid        NOT NULL REFERENCES case_file,
    oin      char(20)    NOT NULL REFERENCES organisation,
    function text        NOT NULL,
    request  text        NOT NULL,
    serves   text[]      NOT NULL,
    since    timestamptz NOT NULL,
    PRIMARY KEY (case_id, oin, function, request)
);
COMMENT ON TABLE case_requested_party IS 'Came in by a permitted request, and may receive and answer that request only.';

CREATE TABLE case_person (
    case_id   uuid NOT NULL REFERENCES case_file,
    person_id text NOT NULL,
    role      text NOT NULL,
    PRIMARY KEY (case_id, person_id)
);

CREATE TABLE case_protection (
    case_id     uuid        NOT NULL REFERENCES case_file,
    who         text        NOT NULL,
    from_person text        NOT NULL,
    since       timestamptz NOT NULL,
    PRIMARY KEY (case_id, who, from_person),
    FOREIGN KEY (case_id, who) REFERENCES case_person (case_id, person_id),
    FOREIGN KEY (case_id, from_person) REFERENCES case_person (case_id, person_id)
);

CREATE TABLE case_key (
    case_id        uuid    PRIMARY KEY REFERENCES case_file,
    wrapped        bytea   NOT NULL,
    master_version integer NOT NULL
);
COMMENT ON TABLE case_key IS 'One key per case under the master key. Destroying the row destroys what was exchanged.';

CREATE TABLE consent (
    id                      uuid        PRIMARY KEY,
    case_id                 uuid        NOT NULL REFERENCES case_file,
    person_id               text        NOT NULL,
    purpose                 text        NOT NULL,
    from_functions          text[]      NOT NULL,
    to_functions            text[]      NOT NULL,
    categories              text[]      NOT NULL,
    valid_from              timestamptz NOT NULL,
    valid_until             timestamptz NOT NULL,
    giver                   text        NOT NULL,
    framework               text        NOT NULL,
    language                text        NOT NULL,
    independent_interpreter boolean     NOT NULL,
    form                    text        NOT NULL,
    document_digest         bytea,
    other_party_present     boolean     NOT NULL,
    registered_by           char(20)    NOT NULL REFERENCES organisation,
    registered_function     text        NOT NULL,
    registered_at           timestamptz NOT NULL,
    withdrawn_at            timestamptz,
    possibly_under_duress   boolean     NOT NULL DEFAULT false,
    FOREIGN KEY (case_id, person_id) REFERENCES case_person (case_id, person_id)
);
CREATE INDEX consent_of_case ON consent (case_id);
