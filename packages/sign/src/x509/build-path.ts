import { AnjuanError } from '@anjuan/core';
import type { CryptoEngine } from '../crypto/algorithms.js';
import { equalBytes } from '../der/index.js';
import type { Certificate } from './certificate.js';
import { checkPath, isSignedBy, type PathPurpose } from './check-path.js';
import type { PathProblemId, PathResult } from './path-result.js';

export type { PathPurpose };

/** A path to find. */
export interface PathRequest {
  readonly certificate: Certificate;
  /** Certificates that may stand between; not trusted. */
  readonly pool: readonly Certificate[];
  readonly anchors: readonly Certificate[];
  /** Time at which all must be valid, milliseconds since 1970. */
  readonly at: number;
  readonly purpose: PathPurpose;
  readonly engine: CryptoEngine;
  readonly signal?: AbortSignal;
}

/** Certificates of one path. Chains of real life have two to four. */
const MAX_LENGTH = 10;
/** Signatures checked for one path: pools made to branch without end stop here. */
const MAX_STEPS = 100;

type Failure = Extract<PathResult, { status: 'invalid' }>;

/** Finds and checks a path; what is wrong is in the result. Errors: `aborted`. @source RFC 5280 6.1; RFC 4158 */
export async function buildPath(request: PathRequest): Promise<PathResult> {
  const search = new Search(request);
  return (await search.extend([request.certificate])) ?? search.failure(request.certificate);
}

class Search {
  readonly #request: PathRequest;
  readonly #bySubject = new Map<string, Certificate[]>();
  #steps = 0;
  #best: Failure | undefined;

  constructor(request: PathRequest) {
    this.#request = request;
    for (const certificate of [...request.anchors, ...request.pool]) {
      const { key } = certificate.subject;
      const known = this.#bySubject.get(key) ?? [];
      // More of one name than can be tried are not compared either.
      if (known.length >= MAX_STEPS || known.some(({ der }) => equalBytes(der, certificate.der))) continue;
      known.push(certificate);
      this.#bySubject.set(key, known);
    }
  }

  /** What came nearest; a pool too large to search is itself a problem. */
  failure(certificate: Certificate): Failure {
    const best = this.#best ?? { status: 'invalid', path: [certificate], anchored: false, problems: [] };
    if (this.#steps < MAX_STEPS) return best;
    return { ...best, problems: [...best.problems, { id: 'search-limit', certificate, index: 0 }] };
  }

  /** Goes on from the last certificate; the valid path, or undefined. */
  async extend(path: readonly Certificate[]): Promise<PathResult | undefined> {
    const last = path.at(-1);
    if (!last) return undefined;
    if (this.#request.anchors.some((anchor) => equalBytes(anchor.der, last.der))) return this.#finish(path);
    let extended = false;
    for (const issuer of path.length < MAX_LENGTH ? this.#issuers(last, path) : []) {
      if (this.#request.signal?.aborted) throw new AnjuanError('aborted');
      if (this.#steps >= MAX_STEPS) return undefined;
      this.#steps += 1;
      const signed = await isSignedBy(this.#request.engine, last, issuer);
      // Two roots may share a name; that one did not sign the other says nothing.
      if (signed === false && last.selfIssued) continue;
      const longer = [...path, issuer];
      // A wrong signature ends this way, but it says more than "no issuer".
      const wrong = signed === 'unsupported' ? 'algorithm-unsupported' : 'signature-wrong';
      const result = signed === true ? await this.extend(longer) : this.#note(longer, wrong, path.length - 1);
      if (result) return result;
      extended = true;
    }
    if (extended) return undefined;
    const id = last.selfIssued ? 'root-not-trusted' : path.length < MAX_LENGTH ? 'issuer-not-found' : 'search-limit';
    return this.#note(path, id, path.length - 1);
  }

  /** Certificates that bear the issuer's name, anchors first, matching key identifiers first. */
  #issuers(child: Certificate, path: readonly Certificate[]): Certificate[] {
    const wanted = child.authorityKeyId;
    const fits = ({ subjectKeyId }: Certificate): number =>
      wanted && subjectKeyId ? (equalBytes(wanted, subjectKeyId) ? 0 : 2) : 1;
    const loops = (candidate: Certificate): boolean =>
      path.some(({ subject, spki }) => subject.key === candidate.subject.key && equalBytes(spki, candidate.spki));
    const known = this.#bySubject.get(child.issuer.key) ?? [];
    return known.filter((candidate) => !loops(candidate)).sort((a, b) => fits(a) - fits(b));
  }

  #finish(path: readonly Certificate[]): PathResult | undefined {
    const problems = checkPath(path, this.#request.at, this.#request.purpose);
    if (problems.length === 0) return { status: 'valid', path };
    return this.#keep({ status: 'invalid', path, anchored: true, problems });
  }

  #note(path: readonly Certificate[], id: PathProblemId, index: number): undefined {
    const certificate = path[index];
    const own = certificate ? [{ id, certificate, index }] : [];
    const problems = [...own, ...checkPath(path, this.#request.at, this.#request.purpose)];
    return this.#keep({ status: 'invalid', path, anchored: false, problems });
  }

  /** Remembers the nearest failure: anchored before not, signatures that hold before others, then fewer problems. */
  #keep(failure: Failure): undefined {
    const rank = ({ anchored, problems, path }: Failure): number =>
      (anchored ? 0 : 1000) +
      (problems.some(({ id }) => id === 'signature-wrong') ? 500 : 0) +
      problems.length * 20 -
      path.length;
    if (!this.#best || rank(failure) < rank(this.#best)) this.#best = failure;
  }
}
