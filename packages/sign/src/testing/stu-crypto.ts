/** The tablet's side of encryption v2: wraps a key for the page and encrypts report blocks with it. */
export class StuCrypto {
  readonly #blocks: [Uint8Array, Uint8Array] = [new Uint8Array(), new Uint8Array()];
  #wrapped: Uint8Array | undefined;
  #aes: CryptoKey | undefined;

  get hasKey(): boolean {
    return this.#wrapped !== undefined;
  }

  /** Parameter blocks of command 2: 0 the exponent, 1 the modulus piece by piece. */
  setBlock(index: number, data: Uint8Array): void {
    if (index === 0) this.#blocks[0] = data;
    if (index === 1) this.#blocks[1] = Uint8Array.of(...this.#blocks[1], ...data);
  }

  get publicKeyReady(): boolean {
    return this.#blocks[0].length > 0 && this.#blocks[1].length === 256;
  }

  reset(): void {
    this.#blocks[0] = this.#blocks[1] = new Uint8Array();
    this.#wrapped = this.#aes = undefined;
  }

  async generateKey(): Promise<void> {
    const [e, n] = this.#blocks.map((bytes) => Buffer64.encode(bytes));
    const rsa = await crypto.subtle.importKey(
      'jwk',
      { kty: 'RSA', n: n ?? '', e: e ?? '', alg: 'RSA-OAEP', ext: true },
      { name: 'RSA-OAEP', hash: 'SHA-1' },
      false,
      ['encrypt'],
    );
    // The key stands at the end of a longer block, as the vendor's sample expects.
    const block = crypto.getRandomValues(new Uint8Array(64));
    this.#aes = await crypto.subtle.importKey('raw', block.slice(-32), 'AES-CBC', false, ['encrypt']);
    this.#wrapped = new Uint8Array(await crypto.subtle.encrypt({ name: 'RSA-OAEP' }, rsa, block));
  }

  /** Piece of the wrapped key for command 4. */
  keyBlock(index: number): Uint8Array {
    return this.#wrapped?.subarray(index * 64, index * 64 + 64) ?? new Uint8Array();
  }

  async encrypt(block: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
    if (!this.#aes) throw new Error('no session key');
    const cipher = await crypto.subtle.encrypt({ name: 'AES-CBC', iv: new Uint8Array(16) }, this.#aes, block);
    return new Uint8Array(cipher).slice(0, 16);
  }
}

const Buffer64 = {
  encode: (bytes: Uint8Array): string =>
    btoa(String.fromCharCode(...bytes))
      .replace(/\+/g, '-')
      .replace(/\//g, '_')
      .replace(/=+$/, ''),
};
