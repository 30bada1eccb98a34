import { signError } from '../../errors/sign-codes.js';
import { fromBase64 } from '../base64.js';
import { asRecord, asText, asTexts, protocolError, type Json } from '../json-service.js';

/** A secret that the service wants before it signs. */
export interface CscSecret {
  readonly kind: 'pin' | 'otp';
  /** Name in `authData` (version 2). */
  readonly id: string;
  /** The service sends the code on request. */
  readonly challenge: boolean;
}

/** A key at the service. */
export interface CscCredential {
  readonly id: string;
  /** DER, signer's first. */
  readonly certificates: readonly Uint8Array[];
  /** Object identifiers of what the key can do. */
  readonly algorithms: readonly string[];
  readonly mode: 'implicit' | 'explicit' | 'oauth';
  readonly secrets: readonly CscSecret[];
  /** 2: the authorization is bound to the digests. */
  readonly scal: 1 | 2;
  /** Signatures that one authorization may cover. */
  readonly multisign: number;
}

/** Reads `credentials/info` of both generations. Errors: `signer-protocol`, `signer-refused`. */
export function readCredential(id: string, body: Json, version: 1 | 2): CscCredential {
  const key = asRecord(body['key']);
  if (key['status'] !== undefined && key['status'] !== 'enabled')
    throw signError('signer-refused', { details: { reason: 'key-disabled' } });
  const certificates = asTexts(asRecord(body['cert'])['certificates']).map(fromBase64);
  const algorithms = asTexts(key['algo']);
  if (certificates.length === 0 || algorithms.length === 0) throw protocolError('credential');
  const multisign = Number(body['multisign'] ?? 1);
  return {
    id,
    certificates,
    algorithms,
    scal: String(body['SCAL'] ?? '1') === '2' ? 2 : 1,
    multisign: Number.isFinite(multisign) && multisign >= 1 ? multisign : 1,
    ...(version === 1 ? authorizationV1(body) : authorizationV2(asRecord(body['auth']))),
  };
}

type Authorization = Pick<CscCredential, 'mode' | 'secrets'>;

const modeOf = (text: string | undefined): CscCredential['mode'] =>
  text === 'implicit' || text === 'explicit' ? text : 'oauth';

/** @source CSC API 2.0 11.5: auth.mode, auth.objects */
function authorizationV2(auth: Json): Authorization {
  const objects = Array.isArray(auth['objects']) ? auth['objects'].map(asRecord) : [];
  const secrets = objects.map((object): CscSecret => {
    const type = asText(object['type']) ?? '';
    const id = asText(object['id']) ?? '';
    const otp = /challenge|otp/i.test(type) || /otp/i.test(id);
    return { kind: otp ? 'otp' : 'pin', id, challenge: /challenge/i.test(type) };
  });
  return { mode: modeOf(asText(auth['mode'])), secrets };
}

/** @source CSC API 1.0.4.0 11.5: authMode, PIN, OTP */
function authorizationV1(body: Json): Authorization {
  const pin = asRecord(body['PIN']);
  const otp = asRecord(body['OTP']);
  const present = (object: Json): boolean => /^(true|optional)$/.test(String(object['presence']));
  const secrets: CscSecret[] = [];
  if (present(pin)) secrets.push({ kind: 'pin', id: 'PIN', challenge: false });
  if (present(otp)) secrets.push({ kind: 'otp', id: 'OTP', challenge: otp['type'] === 'online' });
  return { mode: modeOf(asText(body['authMode'])), secrets };
}
