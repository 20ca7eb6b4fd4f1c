-- Orders in which pages ask for a few of very many rows. Nothing here tells anything new.

CREATE INDEX IF NOT EXISTS links_by_score ON links (score, a, b);
CREATE INDEX IF NOT EXISTS statements_by_code ON statements (code) WHERE code IS NOT NULL;
