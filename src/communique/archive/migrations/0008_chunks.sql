-- Chunks of 128 events, no longer of 512 (0004): a change of one event has less to be read anew.

DROP TRIGGER IF EXISTS events_come;
DROP TRIGGER IF EXISTS events_go;
DROP TRIGGER IF EXISTS events_change;
DELETE FROM event_chunks;
INSERT INTO event_chunks SELECT DISTINCT seq / 128, 1 FROM events;
CREATE TRIGGER events_come AFTER INSERT ON events BEGIN
    INSERT INTO event_chunks VALUES (new.seq / 128, 1) ON CONFLICT (chunk) DO UPDATE SET version = version + 1;
END;
CREATE TRIGGER events_go AFTER DELETE ON events BEGIN
    UPDATE event_chunks SET version = version + 1 WHERE chunk = old.seq / 128;
END;
CREATE TRIGGER events_change AFTER UPDATE ON events BEGIN
    UPDATE event_chunks SET version = version + 1 WHERE chunk IN (old.seq / 128, new.seq / 128);
END;
