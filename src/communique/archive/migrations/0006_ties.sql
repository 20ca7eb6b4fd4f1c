-- Under which keys an event may bear on the deal or the agreement of another (linking/ties.py): where one has changed,
-- only what hangs together with it is grouped again.
CREATE TABLE ties (
    key TEXT NOT NULL,
    event INTEGER NOT NULL REFERENCES events (seq) ON DELETE CASCADE,
    part INTEGER NOT NULL,  -- 2 asks, 1 answers, 0 opposes
    PRIMARY KEY (key, event)
) WITHOUT ROWID;
CREATE INDEX ties_by_event ON ties (event);

-- Ties of events that went.
CREATE TABLE touched_ties (key TEXT NOT NULL, part INTEGER NOT NULL, PRIMARY KEY (key, part)) WITHOUT ROWID;

CREATE TRIGGER ties_event_go BEFORE DELETE ON events BEGIN
    INSERT OR IGNORE INTO touched_ties SELECT key, part FROM ties WHERE event = old.seq;
END;
UPDATE linking SET value = '' WHERE name = 'lives';
