-- Deals, agreements and contradictions follow the events that change: what has changed since they were made, and
-- under which keys the claims of an event may contradict others (linking/grounds.py).

-- Events that came since, and those that went.
CREATE TABLE life_waiting (event INTEGER PRIMARY KEY REFERENCES events (seq) ON DELETE CASCADE);
CREATE TABLE life_gone (id TEXT NOT NULL, kind TEXT NOT NULL, PRIMARY KEY (id, kind)) WITHOUT ROWID;

CREATE TABLE grounds (
    key TEXT NOT NULL,
    claim INTEGER NOT NULL REFERENCES claims (seq) ON DELETE CASCADE,
    event INTEGER NOT NULL REFERENCES events (seq) ON DELETE CASCADE,
    first INTEGER,  -- days of the act, or else of its telling: proleptic ordinals
    last INTEGER,
    ground TEXT,    -- what may be found with this claim
    PRIMARY KEY (key, claim)
) WITHOUT ROWID;
CREATE INDEX grounds_by_event ON grounds (event);
CREATE INDEX grounds_by_claim ON grounds (claim);
CREATE INDEX grounds_by_ground ON grounds (ground) WHERE ground IS NOT NULL;

-- Keys and grounds of events that went: what has to be looked at again.
CREATE TABLE touched_keys (key TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE touched_grounds (ground TEXT PRIMARY KEY) WITHOUT ROWID;

CREATE TRIGGER lives_event_come AFTER INSERT ON events BEGIN
    INSERT OR IGNORE INTO life_waiting VALUES (new.seq);
END;
CREATE TRIGGER lives_event_go BEFORE DELETE ON events BEGIN
    INSERT OR IGNORE INTO life_gone VALUES (old.id, old.kind);
    INSERT OR IGNORE INTO touched_keys SELECT key FROM grounds WHERE event = old.seq;
    INSERT OR IGNORE INTO touched_grounds SELECT ground FROM grounds WHERE event = old.seq AND ground IS NOT NULL;
END;

-- `place` is what they are ordered by: a text, so that one that comes between others changes none of them.
ALTER TABLE deals ADD COLUMN place TEXT NOT NULL DEFAULT '';
ALTER TABLE agreements ADD COLUMN place TEXT NOT NULL DEFAULT '';
ALTER TABLE contradictions ADD COLUMN place TEXT NOT NULL DEFAULT '';
ALTER TABLE contradictions ADD COLUMN ground TEXT NOT NULL DEFAULT '';
UPDATE deals SET place = printf('%09d', ord);
UPDATE agreements SET place = printf('%09d', ord);
UPDATE contradictions SET place = printf('%09d', ord);
DROP INDEX contradictions_in_order;
ALTER TABLE deals DROP COLUMN ord;
ALTER TABLE agreements DROP COLUMN ord;
ALTER TABLE contradictions DROP COLUMN ord;
CREATE INDEX contradictions_in_order ON contradictions (place, id);
CREATE INDEX contradictions_by_ground ON contradictions (ground);
UPDATE linking SET value = '' WHERE name = 'lives';
