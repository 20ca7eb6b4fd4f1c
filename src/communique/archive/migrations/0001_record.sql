-- The record: documents as read, what they say, who said it, the passes that coded them.
-- `seq` columns give the order of arrival; all offsets are characters into documents.text.

CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    version TEXT NOT NULL,              -- of the program
    coder TEXT NOT NULL,                -- fingerprint of reader, rules and tables
    settings TEXT NOT NULL,             -- JSON object
    inputs TEXT NOT NULL,               -- JSON array, as given
    state TEXT NOT NULL CHECK (state IN ('running', 'finished', 'stopped')),
    kept INTEGER NOT NULL DEFAULT 0,    -- documents new to the archive
    replaced INTEGER NOT NULL DEFAULT 0,  -- documents coded again
    known INTEGER NOT NULL DEFAULT 0,   -- documents passed over, as they were coded already
    failed INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE failures (
    run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    ord INTEGER NOT NULL,
    origin TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (run, ord)
);

CREATE TABLE documents (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    text TEXT NOT NULL,
    title TEXT,
    outlet TEXT,
    language TEXT NOT NULL,
    published_from TEXT,
    published_to TEXT,
    published_found TEXT NOT NULL,
    published_expression TEXT,
    url TEXT,
    origin TEXT NOT NULL,
    raw_sha256 TEXT NOT NULL,
    text_sha256 TEXT NOT NULL,
    aside TEXT,                         -- why it is kept uncoded
    page_key TEXT NOT NULL,             -- hash of the raw page and what was said of it
    coder TEXT NOT NULL,                -- fingerprint that coded it
    run INTEGER NOT NULL REFERENCES runs (id)  -- the run that coded it last
);
CREATE INDEX documents_by_text ON documents (text_sha256);

CREATE TABLE duplicates (
    doc INTEGER PRIMARY KEY REFERENCES documents (seq) ON DELETE CASCADE,
    of INTEGER NOT NULL REFERENCES documents (seq),
    how TEXT NOT NULL CHECK (how IN ('exact', 'near')),
    likeness REAL NOT NULL
);
CREATE INDEX duplicates_of ON duplicates (of);

CREATE TABLE signatures (
    doc INTEGER PRIMARY KEY REFERENCES documents (seq) ON DELETE CASCADE,
    signature BLOB NOT NULL
);
CREATE TABLE bands (
    band INTEGER NOT NULL,
    value INTEGER NOT NULL,
    doc INTEGER NOT NULL REFERENCES documents (seq) ON DELETE CASCADE,
    PRIMARY KEY (band, value, doc)
) WITHOUT ROWID;
CREATE INDEX bands_by_document ON bands (doc);

CREATE TABLE claims (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    doc INTEGER NOT NULL REFERENCES documents (seq) ON DELETE CASCADE,
    ord INTEGER NOT NULL,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    date_from TEXT,
    date_to TEXT,
    place_name TEXT,
    place_country TEXT,
    stage TEXT,
    instrument TEXT,
    attribution TEXT,
    confidence REAL NOT NULL,
    UNIQUE (doc, ord),
    UNIQUE (doc, id)
);
CREATE INDEX claims_by_id ON claims (id);
CREATE INDEX claims_by_kind ON claims (kind, status);
CREATE INDEX claims_by_date ON claims (date_from, date_to);

CREATE TABLE actors (
    claim INTEGER NOT NULL REFERENCES claims (seq) ON DELETE CASCADE,
    ord INTEGER NOT NULL,
    role TEXT NOT NULL,
    code TEXT NOT NULL,
    person TEXT,
    office TEXT,
    PRIMARY KEY (claim, ord)
);
CREATE INDEX actors_by_code ON actors (code, claim);
CREATE INDEX actors_by_person ON actors (person) WHERE person IS NOT NULL;

CREATE TABLE materiel (
    claim INTEGER NOT NULL REFERENCES claims (seq) ON DELETE CASCADE,
    ord INTEGER NOT NULL,
    name TEXT NOT NULL,
    quantity INTEGER,
    value_usd REAL,
    PRIMARY KEY (claim, ord)
);
CREATE INDEX materiel_by_name ON materiel (name);

CREATE TABLE evidence (
    seq INTEGER PRIMARY KEY,
    claim INTEGER NOT NULL REFERENCES claims (seq) ON DELETE CASCADE,
    ord INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    text TEXT NOT NULL,
    UNIQUE (claim, ord)
);

CREATE TABLE derivations (
    claim INTEGER NOT NULL REFERENCES claims (seq) ON DELETE CASCADE,
    ord INTEGER NOT NULL,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    reason TEXT NOT NULL,
    start INTEGER,
    "end" INTEGER,
    PRIMARY KEY (claim, ord)
);

CREATE TABLE statements (
    seq INTEGER PRIMARY KEY,
    doc INTEGER NOT NULL REFERENCES documents (seq) ON DELETE CASCADE,
    ord INTEGER NOT NULL,
    text TEXT NOT NULL,
    speaker TEXT,
    code TEXT,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    direct INTEGER NOT NULL,
    UNIQUE (doc, ord)
);
CREATE INDEX statements_by_speaker ON statements (speaker) WHERE speaker IS NOT NULL;

CREATE TABLE people (
    doc INTEGER NOT NULL REFERENCES documents (seq) ON DELETE CASCADE,
    ord INTEGER NOT NULL,
    name TEXT NOT NULL,
    office TEXT,
    code TEXT,
    PRIMARY KEY (doc, ord)
);
CREATE INDEX people_by_name ON people (name);
CREATE INDEX people_by_office ON people (code, office);

CREATE VIRTUAL TABLE documents_text USING fts5 (
    text, content = 'documents', content_rowid = 'seq', tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE TRIGGER documents_text_insert AFTER INSERT ON documents BEGIN
    INSERT INTO documents_text (rowid, text) VALUES (new.seq, new.text);
END;
CREATE TRIGGER documents_text_delete AFTER DELETE ON documents BEGIN
    INSERT INTO documents_text (documents_text, rowid, text) VALUES ('delete', old.seq, old.text);
END;
CREATE TRIGGER documents_text_update AFTER UPDATE OF text ON documents BEGIN
    INSERT INTO documents_text (documents_text, rowid, text) VALUES ('delete', old.seq, old.text);
    INSERT INTO documents_text (rowid, text) VALUES (new.seq, new.text);
END;

CREATE VIRTUAL TABLE evidence_text USING fts5 (
    text, content = 'evidence', content_rowid = 'seq', tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE TRIGGER evidence_text_insert AFTER INSERT ON evidence BEGIN
    INSERT INTO evidence_text (rowid, text) VALUES (new.seq, new.text);
END;
CREATE TRIGGER evidence_text_delete AFTER DELETE ON evidence BEGIN
    INSERT INTO evidence_text (evidence_text, rowid, text) VALUES ('delete', old.seq, old.text);
END;

CREATE VIRTUAL TABLE statements_text USING fts5 (
    text, speaker, content = 'statements', content_rowid = 'seq',
    tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE TRIGGER statements_text_insert AFTER INSERT ON statements BEGIN
    INSERT INTO statements_text (rowid, text, speaker) VALUES (new.seq, new.text, new.speaker);
END;
CREATE TRIGGER statements_text_delete AFTER DELETE ON statements BEGIN
    INSERT INTO statements_text (statements_text, rowid, text, speaker)
    VALUES ('delete', old.seq, old.text, old.speaker);
END;
