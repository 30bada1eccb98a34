import { signError } from '../../errors/sign-codes.js';
import { encodeEncryptionCommand, protocolError, type StuEncryptionStatus } from './feature-reports.js';
import { reportIds } from './report-ids.js';

/** Commands of report 40. @source WacomGSS/STU Protocol.hpp */
const commands = { setType: 1, setBlock: 2, getBlock: 4, generateKey: 5 } as const;
const blocks = { e: 0, n: 1, c: 2 } as const;
const AES256 = 2;
const OAEP_RSA2048 = (2 << 6) | 2;
const BLOCK_BYTES = 64;
const KEY_BYTES = 256;
/** States of the parameters e, n and c in report 50. */
const READY = 0;
const CALCULATING = 0xfa;
/** Making a key takes the tablet up to a few seconds. */
const MAX_POLLS = 100;

/** What the exchange of keys needs of the tablet. */
export interface EncryptionWire {
  set(reportId: number, payload: readonly number[]): Promise<void>;
  get(reportId: number, lengthBytes: number): Promise<DataView>;
  encryptionStatus(): Promise<StuEncryptionStatus>;
  /** Lets the tablet work for a moment. */
  pause(): Promise<void>;
}

/** Decrypts the 16 bytes of one report. */
export type ReportDecryptor = (block: Uint8Array<ArrayBuffer>) => Promise<DataView>;

const base64url = (text: string): Uint8Array =>
  Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (character) => character.charCodeAt(0));

/**
 * Agrees on a key: we give an RSA-2048 key made for this session only, the tablet answers with an AES key under it (OAEP).
 * Errors: `pad-protocol`. @source vendor's sample: the AES-256 key is the last 32 bytes of the unwrapped block
 */
export async function agreeOnKey(wire: EncryptionWire): Promise<ReportDecryptor> {
  const { subtle } = crypto;
  const rsa = { name: 'RSA-OAEP', hash: 'SHA-1', modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1) };
  const pair = await subtle.generateKey(rsa, true, ['encrypt', 'decrypt']);
  const { n = '', e = '' } = await subtle.exportKey('jwk', pair.publicKey);
  const command = (...parts: Parameters<typeof encodeEncryptionCommand>): Promise<void> =>
    wire.set(reportIds.encryptionCommand, encodeEncryptionCommand(...parts));
  await command(commands.setType, AES256, OAEP_RSA2048);
  const exponent = base64url(e);
  await command(commands.setBlock, blocks.e, exponent.length, exponent);
  const modulus = base64url(n);
  for (let at = 0; at < modulus.length; at += BLOCK_BYTES) {
    await command(commands.setBlock, blocks.n, BLOCK_BYTES, modulus.subarray(at, at + BLOCK_BYTES));
  }
  const { statusE, statusN } = await wire.encryptionStatus();
  if (statusE !== READY || statusN !== READY) throw protocolError('public-key-refused', reportIds.encryptionStatus);
  await command(commands.generateKey);
  let { statusC } = await wire.encryptionStatus();
  for (let polls = 0; statusC === CALCULATING && polls < MAX_POLLS; polls += 1) {
    await wire.pause();
    ({ statusC } = await wire.encryptionStatus());
  }
  if (statusC !== READY) throw protocolError('no-session-key', reportIds.encryptionStatus);

  const wrapped = new Uint8Array(KEY_BYTES);
  for (let index = 0, at = 0; at < KEY_BYTES; index += 1) {
    await command(commands.getBlock, blocks.c, index);
    const answer = await wire.get(reportIds.encryptionCommand, 3 + BLOCK_BYTES);
    const length = answer.getUint8(2);
    if (length === 0 || length > BLOCK_BYTES || at + length > KEY_BYTES) {
      throw protocolError('key-block', reportIds.encryptionCommand);
    }
    wrapped.set(new Uint8Array(answer.buffer, answer.byteOffset + 3, length), at);
    at += length;
  }
  const opened = await subtle.decrypt({ name: 'RSA-OAEP' }, pair.privateKey, wrapped).catch((cause: unknown) => {
    throw signError('pad-protocol', { details: { reason: 'session-key' }, cause });
  });
  return aesDecryptor(new Uint8Array(opened).slice(-32));
}

/**
 * AES-256-CBC without padding, all-zero vector, each report by itself. WebCrypto insists on padding, so a block that decrypts to
 * a full block of padding is put behind.
 */
export async function aesDecryptor(key: Uint8Array<ArrayBuffer>): Promise<ReportDecryptor> {
  const { subtle } = crypto;
  const aes = await subtle.importKey('raw', key, 'AES-CBC', false, ['encrypt', 'decrypt']);
  return async (block) => {
    const padding = await subtle.encrypt({ name: 'AES-CBC', iv: block }, aes, new Uint8Array(0));
    const both = new Uint8Array(32);
    both.set(block);
    both.set(new Uint8Array(padding), 16);
    return new DataView(await subtle.decrypt({ name: 'AES-CBC', iv: new Uint8Array(16) }, aes, both));
  };
}
