import { oids } from '../der/index.js';
import { base64, type SimulatedKey } from './signer-simulator.js';
import type { SoftwareKey } from './signer-software-key.js';

/** What a simulated service wants before it signs. */
export interface CscSimulatedAuthorization {
  readonly version: '2.0.0.2' | '1.0.4.0';
  /** Absent: no PIN is asked for. */
  readonly pin: string;
  /** Absent: no one-time code is asked for. */
  readonly otp: string;
  readonly scal: 1 | 2;
  readonly multisign: number;
  readonly mode: 'explicit' | 'implicit' | 'oauth2code';
  /** Lists RSA-PSS as the only algorithm of the key. */
  readonly pssOnly: boolean;
  /** The key was switched off. */
  readonly disabled: boolean;
}

const algorithms = {
  rsa: [oids.rsaEncryption],
  ec: [oids.ecdsaWithSha256],
  sm2: [oids.sm2WithSm3],
} as const;

/** Answer of `credentials/info`. @source CSC API 2.0 11.5; 1.0.4.0 11.5 */
export function credentialInfo(
  { certificate, chain }: SimulatedKey,
  kind: SoftwareKey['kind'],
  options: Partial<CscSimulatedAuthorization>,
): object {
  const { version = '2.0.0.2', pin, otp, scal = 2, multisign = 100, mode = 'explicit', disabled = false } = options;
  const common = {
    description: 'Simulated',
    key: {
      status: disabled ? 'disabled' : 'enabled',
      algo: options.pssOnly ? [oids.rsaPss] : algorithms[kind],
      len: 2048,
    },
    cert: { status: 'valid', certificates: [certificate, ...chain].map(base64.of) },
    SCAL: String(scal),
    multisign,
  };
  if (version.startsWith('1')) {
    return {
      ...common,
      authMode: mode,
      PIN: { presence: pin === undefined ? 'false' : 'true', format: 'N' },
      OTP: { presence: otp === undefined ? 'false' : 'true', type: 'online', format: 'N' },
    };
  }
  const objects = [
    ...(pin === undefined ? [] : [{ type: 'Password', id: 'PIN', format: 'N' }]),
    ...(otp === undefined ? [] : [{ type: 'ChallengeResponse', id: 'OTP', format: 'N', generator: 'server' }]),
  ];
  return {
    ...common,
    auth: { mode, ...(objects.length > 0 && { expression: objects.map(({ id }) => id).join(' AND '), objects }) },
  };
}
