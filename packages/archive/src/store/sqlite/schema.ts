/** Stored in `PRAGMA user_version`. Raise it with every change of the schema, and migrate. */
export const SCHEMA_VERSION = 1;

/** Who else names these bytes: asked before an expired upload is erased. */
export const SHA256_INDEX_SQL =
  'CREATE INDEX IF NOT EXISTS version_sha256 ON version (sha256) WHERE sha256 IS NOT NULL;';

/**
 * `term` is read two ways: by value in main order (which documents of this type, newest first) and by row (does this document
 * have this term). Both are covering, so search touches bodies only for the rows it delivers.
 */
export const SCHEMA_SQL = `
CREATE TABLE resource (
  row INTEGER PRIMARY KEY AUTOINCREMENT,
  type TEXT NOT NULL,
  id TEXT NOT NULL,
  version INTEGER NOT NULL,
  last_updated_ms INTEGER NOT NULL,
  main_ms INTEGER NOT NULL,
  access_class TEXT NOT NULL,
  access TEXT NOT NULL,
  UNIQUE (type, id)
);
CREATE INDEX resource_main ON resource (type, main_ms, row);
CREATE INDEX resource_updated ON resource (type, last_updated_ms, row);
CREATE TABLE version (
  row INTEGER NOT NULL,
  version INTEGER NOT NULL,
  last_updated TEXT NOT NULL,
  body TEXT NOT NULL,
  sha256 TEXT,
  size_bytes INTEGER,
  UNIQUE (row, version)
);
${SHA256_INDEX_SQL}
CREATE TABLE param (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE term (
  param INTEGER NOT NULL,
  value TEXT NOT NULL,
  main_ms INTEGER NOT NULL,
  row INTEGER NOT NULL,
  PRIMARY KEY (param, value, main_ms, row)
) WITHOUT ROWID;
CREATE INDEX term_row ON term (row, param, value);
CREATE TABLE period (
  row INTEGER NOT NULL,
  param INTEGER NOT NULL,
  from_ms INTEGER NOT NULL,
  to_ms INTEGER NOT NULL,
  PRIMARY KEY (row, param, from_ms, to_ms)
) WITHOUT ROWID;
CREATE TABLE sort_key (
  param INTEGER NOT NULL,
  key_ms INTEGER NOT NULL,
  row INTEGER NOT NULL,
  PRIMARY KEY (param, key_ms, row)
) WITHOUT ROWID;
CREATE INDEX sort_key_row ON sort_key (row, param, key_ms);
CREATE TABLE access_class (type TEXT NOT NULL, access_class TEXT NOT NULL, PRIMARY KEY (type, access_class)) WITHOUT ROWID;
CREATE TABLE sidecar (
  document_id TEXT NOT NULL,
  version_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  body TEXT NOT NULL,
  UNIQUE (document_id, version_id, kind)
);
PRAGMA user_version = ${SCHEMA_VERSION};
`;
