import { AnjuanError } from '@anjuan/core';
import { md5 } from '@noble/hashes/legacy.js';
import { joinBytes } from '../../bytes/byte-source.js';
import { isName, pdfName, type PdfRef } from '../objects.js';
import { decryptCbc, encryptCbc } from './aes-cbc.js';
import { filterMethod, type CryptMethod, type EncryptDict } from './encrypt-dict.js';
import type { CryptedStream, PdfDecryption } from './encryption.js';
import { rc4 } from './rc4.js';

const BLOCK = 16;
/** `sAlT`. @source ISO 32000-2 7.6.3.2 */
const SALT = Uint8Array.of(0x73, 0x41, 0x6c, 0x54);

/** The standard security handler with its file key. @source ISO 32000-2 7.6.3, 7.6.4 */
export class StandardHandler implements PdfDecryption {
  readonly #dict: EncryptDict;
  readonly #key: Uint8Array;

  constructor(dict: EncryptDict, key: Uint8Array) {
    this.#dict = dict;
    this.#key = key;
  }

  get method(): string {
    return this.#dict.streams;
  }

  decryptString(bytes: Uint8Array, owner: PdfRef): Uint8Array {
    return this.#decrypt(bytes, owner, this.#dict.strings);
  }

  decryptStream(bytes: Uint8Array, stream: CryptedStream): Uint8Array {
    return this.#decrypt(bytes, stream.owner, this.#methodOf(stream));
  }

  encryptString(bytes: Uint8Array, owner: PdfRef): Promise<Uint8Array> {
    return Promise.resolve(this.#encrypt(bytes, owner, this.#dict.strings));
  }

  encryptStream(bytes: Uint8Array, owner: PdfRef): Promise<Uint8Array> {
    return Promise.resolve(this.#encrypt(bytes, owner, this.#dict.streams));
  }

  #methodOf({ dict, cryptFilter }: CryptedStream): CryptMethod {
    const type = dict.entries.get('Type');
    if (isName(type, 'XRef')) return 'Identity';
    if (cryptFilter !== undefined) return filterMethod(this.#dict.filters, cryptFilter ?? pdfName('Identity'));
    if (isName(type, 'Metadata') && !this.#dict.encryptMetadata && this.#dict.revision >= 4) return 'Identity';
    return isName(type, 'EmbeddedFile') ? this.#dict.embeddedFiles : this.#dict.streams;
  }

  /** Algorithm 1, step a to d. @source ISO 32000-2 7.6.3.2 */
  #objectKey({ number, generation }: PdfRef, method: CryptMethod): Uint8Array {
    if (method === 'AESV3') return this.#key;
    const id = Uint8Array.of(number, number >> 8, number >> 16, generation, generation >> 8);
    const salt = method === 'AESV2' ? SALT : new Uint8Array();
    return md5(joinBytes([this.#key, id, salt])).subarray(0, Math.min(BLOCK, this.#key.byteLength + 5));
  }

  #decrypt(bytes: Uint8Array, owner: PdfRef, method: CryptMethod): Uint8Array {
    if (method === 'Identity') return bytes;
    const key = this.#objectKey(owner, method);
    if (method === 'V2') return rc4(key, bytes);
    if (bytes.byteLength === 0) return bytes;
    const padding = (data: Uint8Array): number => data[data.byteLength - 1] ?? 0;
    const whole = bytes.byteLength % BLOCK === 0 && bytes.byteLength >= BLOCK * 2;
    const data = whole ? decryptCbc(bytes.subarray(BLOCK), { key, iv: bytes.subarray(0, BLOCK) }) : new Uint8Array();
    if (padding(data) < 1 || padding(data) > BLOCK) {
      throw new AnjuanError('pdf-malformed', { details: { reason: 'aes-padding', object: owner.number } });
    }
    return data.subarray(0, data.byteLength - padding(data));
  }

  #encrypt(bytes: Uint8Array, owner: PdfRef, method: CryptMethod): Uint8Array {
    if (method === 'Identity') return bytes;
    const key = this.#objectKey(owner, method);
    if (method === 'V2') return rc4(key, bytes);
    const padding = BLOCK - (bytes.byteLength % BLOCK);
    const iv = crypto.getRandomValues(new Uint8Array(BLOCK));
    return joinBytes([iv, encryptCbc(joinBytes([bytes, new Uint8Array(padding).fill(padding)]), { key, iv })]);
  }
}
