import { lazySigner } from '../lazy-signer.js';
import type { Signer } from '../signer.js';
import type { CscSignerOptions } from './csc-session.js';

/**
 * A cloud signing service by the Cloud Signature Consortium's interface, version 2 or 1 as the service says. Takes digests;
 * one authorization covers as many as the key's `multisign` allows. The digests and nothing else of a document leave the page.
 * @source CSC API 2.0.0.2; 1.0.4.0
 */
export function cscSigner(options: CscSignerOptions): Signer {
  return lazySigner('csc', ['digest'], async () => (await import('./csc-session.js')).openCsc(options));
}
