import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { AnjuanError } from '@anjuan/core';
import sqlite from 'node-sqlite3-wasm';
import { claimOwnership } from './owner-file.js';
import { SCHEMA_SQL, SCHEMA_VERSION, SHA256_INDEX_SQL } from './schema.js';

export interface OpenDatabase {
  readonly db: sqlite.Database;
  /** Call after the database is closed. */
  readonly release: () => void;
}

/**
 * Write-ahead log with exclusive locking: the one mode in which this engine recovers after kill -9. Its rollback-journal modes
 * mistake their own lock for somebody else's and skip the recovery. `synchronous = FULL` makes a commit durable.
 */
const PRAGMAS = `
PRAGMA locking_mode = EXCLUSIVE;
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA cache_size = -65536;
PRAGMA temp_store = MEMORY;
PRAGMA foreign_keys = OFF;
`;

function removeAll(path: string): void {
  for (const suffix of ['', '-wal', '-journal', '.lock']) rmSync(`${path}${suffix}`, { force: true, recursive: true });
}

function syncDirectory(path: string): void {
  const fd = openSync(path, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** Built aside and renamed, so that a kill never leaves a half-made database. */
function createDatabase(path: string): void {
  const draft = `${path}.new`;
  removeAll(draft);
  const db = new sqlite.Database(draft);
  try {
    db.exec(PRAGMAS);
    db.exec(`BEGIN;${SCHEMA_SQL}COMMIT;`);
  } finally {
    db.close();
  }
  renameSync(draft, path);
  syncDirectory(dirname(path));
}

/** Opens or creates the file for this process alone. Throws `server-fault` when another process holds it. */
export function openDatabase(path: string): OpenDatabase {
  mkdirSync(dirname(path), { recursive: true });
  const release = claimOwnership(`${path}.owner`);
  try {
    // The owner file is ours, so a lock directory here belongs to a process that was killed.
    rmSync(`${path}.lock`, { force: true, recursive: true });
    if (!existsSync(path)) createDatabase(path);
    const db = new sqlite.Database(path);
    db.exec(PRAGMAS);
    const found = db.get('PRAGMA user_version')?.['user_version'];
    // Files of earlier days lack this index; what they hold means the same.
    if (found === SCHEMA_VERSION) {
      db.exec(SHA256_INDEX_SQL);
      return { db, release };
    }
    db.close();
    throw new AnjuanError('server-fault', {
      message: 'The store file has another schema version.',
      retryable: false,
      details: { found: Number(found), expected: SCHEMA_VERSION },
    });
  } catch (error) {
    release();
    throw error;
  }
}
