-- All sources of a claim, the nearest first; claims.attribution is the nearest.
-- Of claims coded before, only the nearest is known.

CREATE TABLE sources (
    claim INTEGER NOT NULL REFERENCES claims (seq) ON DELETE CASCADE,
    ord INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (claim, ord)
);
CREATE INDEX sources_by_name ON sources (name, claim);
INSERT INTO sources (claim, ord, name) SELECT seq, 0, attribution FROM claims WHERE attribution IS NOT NULL;
