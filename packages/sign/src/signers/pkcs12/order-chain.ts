import { equalBytes } from '../../der/index.js';
import { parseCertificate } from '../../x509/index.js';

/** The certificates above `certificate`, nearest first, out of an unordered lot; what belongs to none is left out. */
export function orderChain(certificate: Uint8Array, others: readonly Uint8Array[]): readonly Uint8Array[] {
  const pool = others.map(parseCertificate);
  const chain: Uint8Array[] = [];
  for (let at = parseCertificate(certificate); !at.selfIssued;) {
    const issuer = pool.find(
      ({ subject, der }) => subject.key === at.issuer.key && !chain.some((known) => equalBytes(known, der)),
    );
    if (!issuer) break;
    chain.push(issuer.der);
    at = issuer;
  }
  return chain;
}
