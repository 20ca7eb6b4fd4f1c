-- Accounts of the web pages. Times are seconds since 1970; sessions are kept by the hash of their token.

CREATE TABLE accounts (
    name TEXT PRIMARY KEY COLLATE NOCASE,
    role TEXT NOT NULL CHECK (role IN ('reader', 'reviewer', 'admin')),
    password TEXT NOT NULL              -- scrypt$N$r$p$salt$hash
);

CREATE TABLE sessions (
    token TEXT PRIMARY KEY,             -- SHA-256 of the cookie
    account TEXT NOT NULL REFERENCES accounts (name) ON DELETE CASCADE,
    ends REAL NOT NULL
);
CREATE INDEX sessions_by_account ON sessions (account);

CREATE TABLE attempts (                 -- log-ins that failed, by name and by address
    what TEXT NOT NULL,
    at REAL NOT NULL
);
CREATE INDEX attempts_by_what ON attempts (what, at);

CREATE TABLE audit (
    seq INTEGER PRIMARY KEY,
    at REAL NOT NULL,
    who TEXT NOT NULL,
    what TEXT NOT NULL,
    address TEXT NOT NULL
);
