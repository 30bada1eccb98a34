import { createPrivateKey, createPublicKey, generatePrimeSync, type KeyObject } from 'node:crypto';

/**
 * An RSA key with a modulus of 2049 bits, one more than whole bytes. Node makes keys of even sizes only; both primes have
 * their two highest bits set, so that the product has its full length.
 */
export function rsaKeyOf2049Bits(): { readonly publicKey: KeyObject; readonly privateKey: KeyObject } {
  const p = generatePrimeSync(1025, { bigint: true });
  const q = generatePrimeSync(1024, { bigint: true });
  const phi = (p - 1n) * (q - 1n);
  const e = [65_537n, 257n, 17n].find((prime) => phi % prime !== 0n) ?? 3n;
  const d = inverse(e, phi);
  const fields = { n: p * q, e, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: inverse(q, p) };
  const key = { kty: 'RSA', ...Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, text(value)])) };
  const privateKey = createPrivateKey({ key, format: 'jwk' });
  return { privateKey, publicKey: createPublicKey(privateKey) };
}

function text(value: bigint): string {
  const hex = value.toString(16);
  return Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex').toString('base64url');
}

/** Extended Euclid. */
function inverse(value: bigint, modulus: bigint): bigint {
  let [a, b, x, y] = [modulus, value, 0n, 1n];
  while (b > 1n) {
    const times = a / b;
    [a, b, x, y] = [b, a - times * b, y, x - times * y];
  }
  return ((y % modulus) + modulus) % modulus;
}
