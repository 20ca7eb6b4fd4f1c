-- Events: what claims of many documents say together, the judgements of people, and what is followed over time.
-- Everything but judgements is made from documents and claims, and can be made again (communique relink).

-- The family of copies and near-copies that a document is of, named by its least document id.
CREATE TABLE families (
    doc INTEGER PRIMARY KEY REFERENCES documents (seq) ON DELETE CASCADE,
    family TEXT NOT NULL
);
CREATE INDEX families_by_name ON families (family);

-- What waits to be linked: documents whose claims have no links yet, claims whose cluster has changed.
CREATE TABLE unlinked (doc INTEGER PRIMARY KEY REFERENCES documents (seq) ON DELETE CASCADE);
CREATE TABLE unsettled (claim INTEGER PRIMARY KEY REFERENCES claims (seq) ON DELETE CASCADE);
INSERT INTO unlinked SELECT seq FROM documents;

-- `linker`: fingerprint of the rules that linked; `version` grows with every change of events or judgements;
-- `lives`: the version that deals, agreements and contradictions were made from.
CREATE TABLE linking (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO linking VALUES ('linker', ''), ('lives', ''), ('version', '0');

CREATE TABLE blocks (
    key TEXT NOT NULL,
    claim INTEGER NOT NULL REFERENCES claims (seq) ON DELETE CASCADE,
    PRIMARY KEY (key, claim)
) WITHOUT ROWID;
CREATE INDEX blocks_by_claim ON blocks (claim);

CREATE TABLE links (
    a INTEGER NOT NULL REFERENCES claims (seq) ON DELETE CASCADE,  -- the lesser by document id and claim id
    b INTEGER NOT NULL REFERENCES claims (seq) ON DELETE CASCADE,
    score REAL NOT NULL,
    reasons TEXT NOT NULL,  -- JSON array
    PRIMARY KEY (a, b)
) WITHOUT ROWID;
CREATE INDEX links_by_second ON links (b);

CREATE TABLE events (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    stage TEXT,
    date_from TEXT,
    date_to TEXT,
    place_name TEXT,
    place_country TEXT,
    instrument TEXT,
    confidence REAL NOT NULL,
    independent INTEGER NOT NULL,  -- families of copies among its documents
    documents INTEGER NOT NULL,
    told_from TEXT                 -- the earliest publication that tells it
);
CREATE INDEX events_by_date ON events (date_from IS NULL, date_from, date_to, id);
CREATE INDEX events_by_date_back ON events (date_from IS NULL, date_from DESC, date_to DESC, id);
CREATE INDEX events_by_told ON events (told_from IS NULL, told_from, id);
CREATE INDEX events_by_told_back ON events (told_from IS NULL, told_from DESC, id);
CREATE INDEX events_by_confidence ON events (confidence DESC, id);
CREATE INDEX events_by_sources ON events (independent DESC, documents DESC, id);
CREATE INDEX events_by_kind ON events (kind, status, date_from);
CREATE INDEX events_by_status ON events (status, date_from);
CREATE INDEX events_by_place ON events (place_country, place_name);

CREATE TABLE event_actors (
    event INTEGER NOT NULL REFERENCES events (seq) ON DELETE CASCADE,
    ord INTEGER NOT NULL,
    role TEXT NOT NULL,
    code TEXT NOT NULL,
    person TEXT,
    office TEXT,
    PRIMARY KEY (event, ord)
) WITHOUT ROWID;
CREATE INDEX event_actors_by_code ON event_actors (code, role, event);
CREATE INDEX event_actors_by_person ON event_actors (person, event) WHERE person IS NOT NULL;

CREATE TABLE event_materiel (
    event INTEGER NOT NULL REFERENCES events (seq) ON DELETE CASCADE,
    ord INTEGER NOT NULL,
    name TEXT NOT NULL,
    quantity INTEGER,
    value_usd REAL,
    PRIMARY KEY (event, ord)
) WITHOUT ROWID;
CREATE INDEX event_materiel_by_name ON event_materiel (name, event);

CREATE TABLE event_outlets (
    event INTEGER NOT NULL REFERENCES events (seq) ON DELETE CASCADE,
    outlet TEXT NOT NULL,
    PRIMARY KEY (event, outlet)
) WITHOUT ROWID;
CREATE INDEX event_outlets_by_outlet ON event_outlets (outlet, event);

CREATE TABLE event_claims (
    claim INTEGER PRIMARY KEY REFERENCES claims (seq) ON DELETE CASCADE,
    event INTEGER NOT NULL REFERENCES events (seq) ON DELETE CASCADE
);
CREATE INDEX event_claims_by_event ON event_claims (event, claim);

CREATE TABLE judgements (
    id TEXT PRIMARY KEY,
    verdict TEXT NOT NULL CHECK (verdict IN ('same', 'not_same', 'wrong', 'right', 'corrected')),
    doc_id TEXT NOT NULL,
    other_doc_id TEXT,
    body TEXT NOT NULL,  -- the judgement as JSON
    withdrawn INTEGER NOT NULL
);
CREATE INDEX judgements_by_document ON judgements (doc_id);
CREATE INDEX judgements_by_other_document ON judgements (other_doc_id) WHERE other_doc_id IS NOT NULL;

-- The claims that standing judgements are of, as the documents are coded now.
CREATE TABLE judged (
    judgement TEXT NOT NULL REFERENCES judgements (id) ON DELETE CASCADE,
    side INTEGER NOT NULL CHECK (side IN (0, 1)),  -- 1 for the other claim of (not) the same
    claim INTEGER NOT NULL REFERENCES claims (seq) ON DELETE CASCADE,
    PRIMARY KEY (judgement, side)
) WITHOUT ROWID;
CREATE INDEX judged_by_claim ON judged (claim);

CREATE TABLE deals (
    id TEXT PRIMARY KEY,
    ord INTEGER NOT NULL,
    materiel TEXT,
    state TEXT NOT NULL,
    state_status TEXT NOT NULL,
    body TEXT NOT NULL  -- the deal as JSON
);
CREATE TABLE deal_parties (
    role TEXT NOT NULL CHECK (role IN ('supplier', 'recipient', 'blocker')),
    code TEXT NOT NULL,
    deal TEXT NOT NULL REFERENCES deals (id) ON DELETE CASCADE,
    PRIMARY KEY (role, code, deal)
) WITHOUT ROWID;
CREATE TABLE deal_events (
    event TEXT NOT NULL,
    deal TEXT NOT NULL REFERENCES deals (id) ON DELETE CASCADE,
    PRIMARY KEY (event, deal)
) WITHOUT ROWID;
CREATE TABLE agreements (
    id TEXT PRIMARY KEY,
    ord INTEGER NOT NULL,
    instrument TEXT,
    state TEXT NOT NULL,
    state_status TEXT NOT NULL,
    body TEXT NOT NULL  -- the agreement as JSON
);
CREATE TABLE agreement_parties (
    code TEXT NOT NULL,
    agreement TEXT NOT NULL REFERENCES agreements (id) ON DELETE CASCADE,
    PRIMARY KEY (code, agreement)
) WITHOUT ROWID;
CREATE TABLE agreement_events (
    event TEXT NOT NULL,
    agreement TEXT NOT NULL REFERENCES agreements (id) ON DELETE CASCADE,
    PRIMARY KEY (event, agreement)
) WITHOUT ROWID;
CREATE TABLE contradictions (
    id TEXT PRIMARY KEY,
    ord INTEGER NOT NULL,
    finding TEXT NOT NULL,
    event TEXT,
    body TEXT NOT NULL  -- the contradiction as JSON
);
CREATE INDEX contradictions_by_event ON contradictions (event) WHERE event IS NOT NULL;

-- A claim that goes leaves its neighbours to be clustered again, and its event to be made again.
CREATE TRIGGER claims_leave BEFORE DELETE ON claims BEGIN
    INSERT OR IGNORE INTO unsettled SELECT b FROM links WHERE a = old.seq;
    INSERT OR IGNORE INTO unsettled SELECT a FROM links WHERE b = old.seq;
    INSERT OR IGNORE INTO unsettled
        SELECT claim FROM event_claims WHERE event = (SELECT event FROM event_claims WHERE claim = old.seq)
        AND claim != old.seq;
    DELETE FROM events WHERE seq = (SELECT event FROM event_claims WHERE claim = old.seq);
END;
