import { badRequest } from '../fhir/refusal.js';
import type { SearchPosition } from '../store/condition.js';

/** Where the next page starts: which tier of the search, after which row. */
export interface Cursor extends SearchPosition {
  readonly tier: number;
}

const encoder = new TextEncoder();

function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');
}

/**
 * Makes cursors that nobody can make up: signed together with the query they belong to.
 * They hold a time and a row number, no content.
 */
export class CursorSigner {
  readonly #key: () => Promise<CryptoKey>;

  /** `secret`: the same on every start, so that a cursor survives one. */
  constructor(secret: () => Promise<Uint8Array<ArrayBuffer>>) {
    let key: Promise<CryptoKey> | undefined;
    const algorithm = { name: 'HMAC', hash: 'SHA-256' } as const;
    const load = async (): Promise<CryptoKey> => {
      try {
        return await crypto.subtle.importKey('raw', await secret(), algorithm, false, ['sign']);
      } catch (error) {
        // A store that was busy once must not end paging until the next start.
        key = undefined;
        throw error;
      }
    };
    this.#key = () => (key ??= load());
  }

  async #signature(text: string): Promise<string> {
    const signature = await crypto.subtle.sign('HMAC', await this.#key(), encoder.encode(text));
    return toBase64Url(new Uint8Array(signature).subarray(0, 16));
  }

  async encode(cursor: Cursor, query: string): Promise<string> {
    const body = `${cursor.tier}.${cursor.keyMs}.${cursor.row}`;
    return `${body}.${await this.#signature(`${body}\n${query}`)}`;
  }

  /** Throws 400 for anything this archive did not issue for this very query. */
  async decode(text: string, query: string): Promise<Cursor> {
    const match = /^(\d)\.(-?\d{1,16})\.(\d{1,15})\.([\w-]{22})$/.exec(text);
    const [, tier = '', keyMs = '', row = '', signature] = match ?? [];
    const expected = await this.#signature(`${tier}.${keyMs}.${row}\n${query}`);
    if (!match || signature !== expected) throw badRequest('The cursor is not valid for this search.', ['_cursor']);
    return { tier: Number(tier), keyMs: Number(keyMs), row: Number(row) };
  }
}
