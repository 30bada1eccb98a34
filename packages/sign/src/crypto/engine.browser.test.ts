import { expect } from 'chai';
import { ecdsaToDer, openCryptoEngine, type HashAlgorithm } from './index.js';

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

describe('cryptography in the browser', () => {
  it('hashes alike by WebCrypto, compiled code and script, in pieces and after a fork', async () => {
    const compiled = await openCryptoEngine();
    const script = await openCryptoEngine({ subtle: 'none', wasm: false });
    expect(compiled.backend).to.deep.equal({ subtle: true, wasm: true, node: false });
    expect(script.backend).to.deep.equal({ subtle: false, wasm: false, node: false });
    const data = Uint8Array.from({ length: 700_001 }, (_, index) => (index * 7) >> 3);
    for (const hash of ['sha-1', 'sha-256', 'sha-384', 'sha-512'] as const satisfies readonly HashAlgorithm[]) {
      const expected = hex(new Uint8Array(await crypto.subtle.digest(hash, data)));
      for (const engine of [compiled, script]) {
        const hasher = await engine.hasher(hash);
        hasher.update(data.subarray(0, 100_003));
        const fork = hasher.fork();
        fork.update(data.subarray(100_003));
        expect(hex(fork.digest())).to.equal(expected);
        hasher.update(data.subarray(100_003));
        expect(hex(hasher.digest())).to.equal(expected);
        expect(hex(await engine.digest(hash, data))).to.equal(expected);
      }
    }
  });

  it('checks ECDSA and Ed25519 alike by WebCrypto and by script', async () => {
    const data = new TextEncoder().encode('出院小结');
    const engines = [await openCryptoEngine(), await openCryptoEngine({ subtle: 'none', wasm: false })];
    for (const namedCurve of ['P-256', 'P-384', 'P-521']) {
      const algorithm = { name: 'ECDSA', namedCurve, hash: 'SHA-256' };
      const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
      const signature = ecdsaToDer(new Uint8Array(await crypto.subtle.sign(algorithm, keys.privateKey, data)));
      const publicKey = new Uint8Array(await crypto.subtle.exportKey('spki', keys.publicKey));
      for (const engine of engines) {
        const request = { algorithm: { kind: 'ecdsa', hash: 'sha-256' }, publicKey, signature } as const;
        expect(await engine.verify({ ...request, data })).to.equal(true);
        expect(await engine.verify({ ...request, data: data.subarray(1) })).to.equal(false);
      }
    }
  });
});
