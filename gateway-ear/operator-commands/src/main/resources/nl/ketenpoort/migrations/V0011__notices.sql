-- What a sender is told of a delivery, as it stood when he was to be told: a delivery that was given in part can still be
-- stopped. The notice is brought by a delivery with the same id.
CREATE TABLE notice (
    id       uuid        PRIMARY KEY,
    about    uuid        NOT NULL REFERENCES delivery,
    receiver char(20)    NOT NULL,
    function text        NOT NULL,
    standing text        NOT NULL CHECK (standing IN ('GEANNULEERD', 'OPZIJ_GEZET', 'MINDER_GEGEVEN')),
    code     text        NOT NULL,
    since    timestamptz NOT NULL,
    omitted  text[]      NOT NULL
);
COMMENT ON COLUMN notice.omitted IS 'Paths of all that was left out, if more was than the receipt says; never a value.';

INSERT INTO notice (id, about, receiver, function, standing, code, since, omitted)
SELECT delivery.id, told.id, told.receiver, told.function,
       CASE told.state WHEN 'CANCELLED' THEN 'GEANNULEERD' ELSE 'OPZIJ_GEZET' END, told.code, told.since, '{}'
  FROM delivery JOIN delivery AS told ON told.id = delivery.about;

GRANT SELECT, INSERT ON notice TO ketenpoort_server;
