-- What lists and counts over a large archive are quick by. Nothing here tells anything new.

-- Events in chunks of 512 by their number: `version` grows with every change of one in it, so that a reader who
-- holds columns of all events in memory reads anew only the chunks that have changed.
CREATE TABLE IF NOT EXISTS event_chunks (chunk INTEGER PRIMARY KEY, version INTEGER NOT NULL);
INSERT OR IGNORE INTO event_chunks SELECT DISTINCT seq / 512, 1 FROM events;
CREATE TRIGGER IF NOT EXISTS events_come AFTER INSERT ON events BEGIN
    INSERT INTO event_chunks VALUES (new.seq / 512, 1) ON CONFLICT (chunk) DO UPDATE SET version = version + 1;
END;
CREATE TRIGGER IF NOT EXISTS events_go AFTER DELETE ON events BEGIN
    UPDATE event_chunks SET version = version + 1 WHERE chunk = old.seq / 512;
END;
CREATE TRIGGER IF NOT EXISTS events_change AFTER UPDATE ON events BEGIN
    UPDATE event_chunks SET version = version + 1 WHERE chunk IN (old.seq / 512, new.seq / 512);
END;

-- The days of deals and agreements: of the first step, of the last one, and the last day that any may be of.
-- A step counts for its date, and without one for the day when it was told; '' where no step has either.
CREATE TABLE IF NOT EXISTS deal_days (
    id TEXT PRIMARY KEY REFERENCES deals (id) ON DELETE CASCADE,
    begun TEXT NOT NULL,
    moved TEXT NOT NULL,
    until TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS deal_days_by_moved ON deal_days (moved, id);
CREATE TABLE IF NOT EXISTS agreement_days (
    id TEXT PRIMARY KEY REFERENCES agreements (id) ON DELETE CASCADE,
    begun TEXT NOT NULL,
    moved TEXT NOT NULL,
    until TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS agreement_days_by_moved ON agreement_days (moved, id);
CREATE VIEW IF NOT EXISTS days_of_deals AS
    SELECT d.id AS id,
        ifnull(min(ifnull(json_extract(s.value, '$.date.from'), json_extract(s.value, '$.told'))), '') AS begun,
        ifnull(max(ifnull(json_extract(s.value, '$.date.from'), json_extract(s.value, '$.told'))), '') AS moved,
        ifnull(max(ifnull(json_extract(s.value, '$.date.to'), json_extract(s.value, '$.told'))), '') AS until
    FROM deals d LEFT JOIN json_each(iif(json_valid(d.body), d.body, '{}'), '$.steps') s GROUP BY d.id;
CREATE VIEW IF NOT EXISTS days_of_agreements AS
    SELECT a.id AS id,
        ifnull(min(ifnull(json_extract(s.value, '$.date.from'), json_extract(s.value, '$.told'))), '') AS begun,
        ifnull(max(ifnull(json_extract(s.value, '$.date.from'), json_extract(s.value, '$.told'))), '') AS moved,
        ifnull(max(ifnull(json_extract(s.value, '$.date.to'), json_extract(s.value, '$.told'))), '') AS until
    FROM agreements a LEFT JOIN json_each(iif(json_valid(a.body), a.body, '{}'), '$.steps') s GROUP BY a.id;
INSERT OR IGNORE INTO deal_days SELECT id, begun, moved, until FROM days_of_deals;
INSERT OR IGNORE INTO agreement_days SELECT id, begun, moved, until FROM days_of_agreements;
CREATE TRIGGER IF NOT EXISTS deals_come AFTER INSERT ON deals BEGIN
    INSERT INTO deal_days SELECT id, begun, moved, until FROM days_of_deals WHERE id = new.id;
END;
CREATE TRIGGER IF NOT EXISTS deals_change AFTER UPDATE ON deals BEGIN
    DELETE FROM deal_days WHERE id = old.id;
    INSERT INTO deal_days SELECT id, begun, moved, until FROM days_of_deals WHERE id = new.id;
END;
CREATE TRIGGER IF NOT EXISTS agreements_come AFTER INSERT ON agreements BEGIN
    INSERT INTO agreement_days SELECT id, begun, moved, until FROM days_of_agreements WHERE id = new.id;
END;
CREATE TRIGGER IF NOT EXISTS agreements_change AFTER UPDATE ON agreements BEGIN
    DELETE FROM agreement_days WHERE id = old.id;
    INSERT INTO agreement_days SELECT id, begun, moved, until FROM days_of_agreements WHERE id = new.id;
END;
CREATE INDEX IF NOT EXISTS contradictions_in_order ON contradictions (ord, finding);

-- The texts of documents stand before the columns that lists need, so these are kept in indexes as well.
CREATE INDEX IF NOT EXISTS documents_in_order
    ON documents (published_from IS NULL, published_from DESC, id);
CREATE INDEX IF NOT EXISTS documents_by_publication ON documents (published_from, published_to);
CREATE INDEX IF NOT EXISTS documents_by_facet
    ON documents (outlet, published_from, published_to, language, published_found, aside);

DROP INDEX IF EXISTS people_by_name;
DROP INDEX IF EXISTS people_by_office;
CREATE INDEX IF NOT EXISTS people_by_name_and_document ON people (name, doc);
CREATE INDEX IF NOT EXISTS people_by_name_and_post ON people (name, office, code, doc);
CREATE INDEX IF NOT EXISTS people_by_post ON people (code, office, doc);
CREATE INDEX IF NOT EXISTS claims_by_confidence ON claims (confidence);
