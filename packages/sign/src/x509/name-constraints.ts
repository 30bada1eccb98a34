import { oids } from '../der/index.js';
import type { Certificate, GeneralName } from './certificate.js';
import { UNREADABLE } from './name.js';

/** True when every name of the certificate is inside the permitted and outside the excluded subtrees. @source RFC 5280 4.2.1.10 */
export function namesAllowed(
  certificate: Certificate,
  { permitted, excluded }: NonNullable<Certificate['nameConstraints']>,
): boolean {
  return namesOf(certificate).every((name) => {
    const alike = (other: GeneralName): boolean =>
      other.kind === name.kind && (other.kind !== 'other' || name.kind === 'other');
    const limits = permitted.filter(alike);
    return (
      (limits.length === 0 || limits.some((limit) => inside(name, limit) === true)) &&
      !excluded.filter(alike).some((limit) => inside(name, limit) !== false)
    );
  });
}

function namesOf({ subject, subjectAltNames }: Certificate): readonly GeneralName[] {
  const mail = subjectAltNames.some(({ kind }) => kind === 'email')
    ? []
    : subject.parts.filter(({ oid }) => oid === oids.emailAddress);
  return [
    ...subjectAltNames,
    ...(subject.parts.length > 0 ? [{ kind: 'directory', name: subject } as const] : []),
    ...mail.map(({ value }) => ({ kind: 'email', text: value }) as const),
  ];
}

/** Whether a name lies in a subtree of its kind; undefined when nobody can say, which counts against the name. */
function inside(name: GeneralName, limit: GeneralName): boolean | undefined {
  if (name.kind === 'directory' && limit.kind === 'directory')
    return insideDirectory(name.name.rdnKeys, limit.name.rdnKeys);
  if (name.kind === 'ip' && limit.kind === 'ip') {
    const size = name.bytes.byteLength;
    if (limit.bytes.byteLength !== size * 2) return false;
    return name.bytes.every(
      (byte, index) => ((byte ^ (limit.bytes[index] ?? 0)) & (limit.bytes[size + index] ?? 0)) === 0,
    );
  }
  if (!('text' in name) || !('text' in limit)) return undefined;
  const base = plainHost(limit.text);
  const text = plainHost(name.text);
  if (name.kind === 'dns')
    return base === '' || text === base || text.endsWith(base.startsWith('.') ? base : `.${base}`);
  if (base.includes('@')) return text === base;
  const host = name.kind === 'email' ? text.slice(text.lastIndexOf('@') + 1) : hostOf(name.text);
  return host === undefined ? undefined : base.startsWith('.') ? host.endsWith(base) : host === base;
}

/** A part that cannot be compared may be the one that a subtree means: nobody can say. */
function insideDirectory(name: readonly string[], limit: readonly string[]): boolean | undefined {
  if (limit.every((key, index) => key === name[index])) return true;
  const unreadable = name.slice(0, limit.length).some((key) => UNREADABLE.test(key));
  return unreadable ? undefined : false;
}

/** Host names are equal in any case, with and without the dot of the root. */
const plainHost = (text: string): string => text.toLowerCase().replace(/\.$/, '');

function hostOf(uri: string): string | undefined {
  try {
    return plainHost(new URL(uri).hostname) || undefined;
  } catch {
    return undefined;
  }
}
