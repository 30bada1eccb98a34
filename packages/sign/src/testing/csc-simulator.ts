import { hashOfOid, type HashAlgorithm } from '../crypto/index.js';
import { ecdsaToRaw } from '../crypto/index.js';
import { credentialInfo, type CscSimulatedAuthorization } from './csc-credential-info.js';
import { base64, jsonResponse, simulatorFetch, type ServiceSimulator, type SimulatedKey } from './signer-simulator.js';
import { openSoftwareKey, type SoftwareKey } from './signer-software-key.js';

/** Options of {@link CscSimulator}. */
export interface CscSimulatorOptions extends Partial<CscSimulatedAuthorization> {
  /** By credential id. */
  readonly credentials: Readonly<Record<string, SimulatedKey>>;
  /** Default the second generation. */
  readonly version?: '2.0.0.2' | '1.0.4.0';
  /** Access token that calls must bring. Default `service-token`. */
  readonly token?: string;
  /** Tries until a credential locks. Default 3. */
  readonly attempts?: number;
  /** Gives ECDSA and SM2 values as two numbers side by side. */
  readonly rawSignatures?: boolean;
}

type Body = Readonly<Record<string, unknown>>;

interface Activation {
  readonly credential: string;
  readonly hashes: readonly string[] | undefined;
  left: number;
}

/** A signing service as the Cloud Signature Consortium describes it, with a key in its memory. */
export class CscSimulator implements ServiceSimulator {
  running = true;
  silent = false;
  /** Error that authorizations are refused with, for example `access_denied`. */
  refusing: string | undefined;
  /** Status of every answer, for a service behind a broken gateway. */
  failing: number | undefined;
  /** Signatures after which one call of `signHash` breaks off. */
  failAfter = Infinity;
  /** Methods that were called, oldest first. */
  readonly calls: string[] = [];
  /** Bodies of requests, to see what leaves the page. */
  readonly bodies: string[] = [];
  /** Signatures made. */
  signatures = 0;
  /** `fetch` that ends here. */
  readonly fetch: typeof fetch = simulatorFetch(this);
  readonly #options: CscSimulatorOptions;
  readonly #attempts = new Map<string, number>();
  readonly #activations = new Map<string, Activation>();
  readonly #keys = new Map<string, Promise<SoftwareKey>>();

  constructor(options: CscSimulatorOptions) {
    this.#options = options;
  }

  /** Locks a credential as too many wrong PINs do. */
  lock(credential: string): void {
    this.#attempts.set(credential, 0);
  }

  async handle(request: Request): Promise<Response> {
    const method = /\/((?:credentials|signatures)\/\w+|info)$/.exec(new URL(request.url).pathname)?.[1] ?? '';
    this.calls.push(method);
    if (this.failing !== undefined) return new Response('<html>Bad gateway</html>', { status: this.failing });
    if (request.method !== 'POST') return fault('invalid_request', 405);
    const text = await request.text();
    this.bodies.push(text);
    const { token = 'service-token' } = this.#options;
    if (method !== 'info' && request.headers.get('authorization') !== `Bearer ${token}`)
      return fault('invalid_token', 401);
    return this.#answer(method, JSON.parse(text) as Body);
  }

  async #answer(method: string, body: Body): Promise<Response> {
    const { credentials, version = '2.0.0.2' } = this.#options;
    if (method === 'info') return jsonResponse({ specs: version, name: 'Simulated', methods: this.#methods() });
    if (method === 'credentials/list') return jsonResponse({ credentialIDs: Object.keys(credentials) });
    const id = String(body['credentialID']);
    const key = credentials[id];
    if (!key || !this.#methods().includes(method)) return fault('invalid_request');
    switch (method) {
      case 'credentials/info':
        return jsonResponse(credentialInfo(key, (await this.#key(id, key)).kind, this.#options));
      case 'credentials/authorize':
        return this.#authorize(id, body);
      case 'signatures/signHash':
        return this.#sign(id, key, body);
      default:
        return new Response(null, { status: 204 });
    }
  }

  #methods(): readonly string[] {
    const { version = '2.0.0.2', otp } = this.#options;
    const challenge = version.startsWith('1') ? 'credentials/sendOTP' : 'credentials/getChallenge';
    return [
      'credentials/list',
      'credentials/info',
      'credentials/authorize',
      'signatures/signHash',
      ...(otp === undefined ? [] : [challenge]),
    ];
  }

  #key(id: string, key: SimulatedKey): Promise<SoftwareKey> {
    const known = this.#keys.get(id) ?? openSoftwareKey(key.privateKey);
    this.#keys.set(id, known);
    return known;
  }

  #authorize(id: string, body: Body): Response {
    const { version = '2.0.0.2', pin, otp, scal = 2, multisign = 100, attempts = 3 } = this.#options;
    const first = version.startsWith('1');
    if (this.refusing !== undefined) return fault(this.refusing, 403);
    const left = this.#attempts.get(id) ?? attempts;
    if (left === 0) return fault('pin_locked');
    const count = Number(body['numSignatures']);
    const hashes = body[first ? 'hash' : 'hashes'] as readonly string[] | undefined;
    if (!(count >= 1 && count <= multisign) || (scal === 2 && hashes?.length !== count))
      return fault('invalid_request');
    if (!first && scal === 2 && typeof body['hashAlgorithmOID'] !== 'string') return fault('invalid_request');
    const given = (name: string): unknown =>
      first
        ? body[name]
        : (body['authData'] as readonly Body[] | undefined)?.find((item) => item['id'] === name)?.['value'];
    if (pin !== undefined && given('PIN') !== pin) {
      this.#attempts.set(id, left - 1);
      return fault(left - 1 === 0 ? 'pin_locked' : 'invalid_pin');
    }
    if (otp !== undefined && given('OTP') !== otp) return fault('invalid_otp');
    this.#attempts.set(id, attempts);
    const sad = `sad-${this.#activations.size + 1}`;
    this.#activations.set(sad, { credential: id, hashes: scal === 2 ? hashes : undefined, left: count });
    return jsonResponse({ SAD: sad, expiresIn: 300 });
  }

  async #sign(id: string, key: SimulatedKey, body: Body): Promise<Response> {
    const { version = '2.0.0.2', mode, rawSignatures } = this.#options;
    const first = version.startsWith('1');
    const hashes = (body[first ? 'hash' : 'hashes'] ?? []) as readonly string[];
    const hash = hashOfOid(String(body[first ? 'hashAlgo' : 'hashAlgorithmOID']));
    const activation = this.#activations.get(String(body['SAD']));
    const byToken = mode === 'oauth2code' && body['SAD'] === 'oauth-sad';
    if (!byToken && !covers(activation, id, hashes)) return fault('invalid_request');
    if (!hash || typeof body['signAlgo'] !== 'string') return fault('invalid_request');
    if (activation) activation.left -= hashes.length;
    const software = await this.#key(id, key);
    const signatures: string[] = [];
    for (const text of hashes) {
      if (this.signatures >= this.failAfter) return fault('server_error', 500);
      const value = await software.signDigest(hashFor(software, hash), base64.bytes(text));
      signatures.push(base64.of(rawSignatures && software.kind !== 'rsa' ? ecdsaToRaw(value, 32) : value));
      this.signatures += 1;
    }
    return jsonResponse({ signatures });
  }
}

const hashFor = ({ kind }: SoftwareKey, hash: HashAlgorithm): HashAlgorithm => (kind === 'sm2' ? 'sm3' : hash);

function covers(activation: Activation | undefined, id: string, hashes: readonly string[]): boolean {
  if (!activation || activation.credential !== id || hashes.length === 0 || hashes.length > activation.left)
    return false;
  return activation.hashes === undefined || hashes.every((hash) => activation.hashes?.includes(hash));
}

function fault(error: string, status = 400): Response {
  return jsonResponse({ error, error_description: 'Simulated' }, status);
}
