-- A consent may name one organisation in its function, and not only whichever has it in the case.
COMMENT ON COLUMN consent.from_functions IS 'Who may give: a function, or FUNCTION@OIN for one organisation in it.';
COMMENT ON COLUMN consent.to_functions IS 'Who may receive: a function, or FUNCTION@OIN for one organisation in it.';
