import { oids } from '../der/index.js';
import type { Certificate, GeneralName } from './certificate.js';

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
    return limit.name.rdnKeys.every((key, index) => key === name.name.rdnKeys[index]);
  if (name.kind === 'ip' && limit.kind === 'ip') {
    const size = name.bytes.byteLength;
    if (limit.bytes.byteLength !== size * 2) return false;
    return name.bytes.every(
      (byte, index) => ((byte ^ (limit.bytes[index] ?? 0)) & (limit.bytes[size + index] ?? 0)) === 0,
    );
  }
  if (!('text' in name) || !('text' in limit)) return undefined;
  const base = limit.text.toLowerCase();
  const text = name.text.toLowerCase();
  if (name.kind === 'dns')
    return base === '' || text === base || text.endsWith(base.startsWith('.') ? base : `.${base}`);
  if (base.includes('@')) return text === base;
  const host = name.kind === 'email' ? text.slice(text.lastIndexOf('@') + 1) : hostOf(name.text);
  return host === undefined ? undefined : base.startsWith('.') ? host.endsWith(base) : host === base;
}

function hostOf(uri: string): string | undefined {
  try {
    return new URL(uri).hostname || undefined;
  } catch {
    return undefined;
  }
}
