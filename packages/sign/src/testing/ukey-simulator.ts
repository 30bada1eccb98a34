import { buildSignedAttributes, buildSignedData, signatureAlgorithmFor } from '../cms/index.js';
import { openCryptoEngine, type HashAlgorithm } from '../crypto/index.js';
import { parseCertificate } from '../x509/index.js';
import { base64, jsonResponse, simulatorFetch, type ServiceSimulator, type SimulatedKey } from './signer-simulator.js';
import { openSoftwareKey } from './signer-software-key.js';
import { UkeyEventServer } from './ukey-event-server.js';

/** A key that can be plugged into the simulated computer. */
export interface SimulatedUkey extends Omit<SimulatedKey, 'chain'> {
  readonly name: string;
  readonly certId: string;
  /** DER of the certificate for encryption. */
  readonly exchangeCertificate?: Uint8Array;
  readonly pin: string;
  /** Tries until it locks. Default 6. */
  readonly attempts?: number;
  /** Picture of the seal. */
  readonly picture?: Uint8Array;
}

interface KeyState {
  readonly key: SimulatedUkey;
  attemptsLeft: number;
  plugged: boolean;
  token: string | undefined;
}

type Value = string | number | boolean | undefined;

const hashesById: Readonly<Record<number, HashAlgorithm>> = { 1: 'sha-1', 2: 'sha-256', 3: 'sha-512', 4: 'sm3' };
const CLASSES = ['3F367B74-92D9-4C5E-AB93-234F8A91D5E6', '3BC3C868-95B5-47ED-8686-E0E3E94EF366'];

/** A vendor's key service: `POST .../synctl` with the SOF functions, and a WebSocket that tells of keys. */
export class UkeySimulator implements ServiceSimulator {
  running = true;
  silent = false;
  /** How values are named and spelled. */
  answers: 'retVal' | 'retValue' = 'retVal';
  /** The user closes the key's own window instead of confirming. */
  windowClosed = false;
  /** The container is set up wrongly: the exchange certificate stands where the signing one should. */
  swapped = false;
  /** What SOF_ValidateCert says. */
  verdict = 0;
  /** Signatures after which the service gives nothing. */
  failAfter = Infinity;
  /** Signatures made. */
  signatures = 0;
  /** Functions that were called, oldest first. */
  readonly calls: string[] = [];
  /** Bodies of requests, to see what leaves the page. */
  readonly bodies: string[] = [];
  /** `fetch` that ends here. */
  readonly fetch: typeof fetch = simulatorFetch(this);
  readonly events = new UkeyEventServer(this);
  readonly #keys: KeyState[];
  #lastError: { readonly code: number; readonly text: string } = { code: 0, text: '' };

  constructor(keys: readonly SimulatedUkey[]) {
    this.#keys = keys.map((key) => ({ key, attemptsLeft: key.attempts ?? 6, plugged: true, token: undefined }));
  }

  /** Plugs or pulls a key, and tells so. */
  setPlugged(certId: string, plugged: boolean): void {
    for (const state of this.#keys.filter(({ key }) => key.certId === certId)) {
      state.plugged = plugged;
      state.token = undefined;
    }
    this.events.broadcast({ call_cmd_id: 'onUsbkeyChange', retVal: '' });
  }

  /** Locks a key as too many wrong PINs do. */
  lock(certId: string): void {
    for (const state of this.#keys) if (state.key.certId === certId) state.attemptsLeft = 0;
  }

  async handle(request: Request): Promise<Response> {
    if (!new URL(request.url).pathname.endsWith('/synctl') || request.method !== 'POST')
      return new Response(null, { status: 404 });
    const text = await request.text();
    this.bodies.push(text);
    const {
      clsid,
      func,
      param = [],
      token,
    } = JSON.parse(text) as Readonly<Record<string, string>> & {
      readonly param?: readonly (string | number)[];
    };
    this.calls.push(func ?? '');
    if (!CLASSES.includes(clsid ?? '')) return jsonResponse({});
    const state = this.#keys.find(({ key, plugged }) => plugged && key.certId === param[0]);
    const value = await this.#run(func ?? '', param, state, token);
    const given = state?.token !== undefined && func === 'SOF_Login' ? { token: state.token } : {};
    const spelled = typeof value === 'boolean' || typeof value === 'number' ? String(value) : value;
    return jsonResponse(this.answers === 'retVal' ? { retVal: spelled, ...given } : { retValue: value, ...given });
  }

  async #run(
    func: string,
    param: readonly (string | number)[],
    state: KeyState | undefined,
    token: string | undefined,
  ): Promise<Value> {
    switch (func) {
      case 'SOF_GetUserList':
        return this.#keys
          .filter(({ plugged }) => plugged)
          .map(({ key }) => `${key.name}||${key.certId}&&&`)
          .join('');
      case 'SOF_ValidateCert':
        return this.verdict;
      case 'SOF_GetLastError':
        return this.#lastError.code;
      case 'SOF_GetLastErrMsg':
        return this.#lastError.text;
      case 'SOF_SetSignMethod':
        return 0;
    }
    if (!state) return this.#fail(0x0b000035, '找不到证书');
    const { key } = state;
    switch (func) {
      case 'SOF_ExportUserCert':
        return base64.of(this.swapped && key.exchangeCertificate ? key.exchangeCertificate : key.certificate);
      case 'SOF_ExportExChangeUserCert':
        return key.exchangeCertificate ? base64.of(key.exchangeCertificate) : '';
      case 'SOF_GetPinRetryCount':
        return state.attemptsLeft;
      case 'SOF_Login':
        return login(state, String(param[1]));
      case 'SOF_Logout':
        state.token = undefined;
        return true;
      case 'GetPicture':
        return key.picture ? base64.of(key.picture) : '';
      default:
        return this.#sign(func, param, state, token);
    }
  }

  async #sign(
    func: string,
    [, input = '', hashId = 0]: readonly (string | number)[],
    state: KeyState,
    token: string | undefined,
  ): Promise<Value> {
    if (state.token === undefined || state.token !== token) return this.#fail(0x0b000037, '用户未登录');
    if (this.windowClosed) return this.#fail(0x0b000036, '用户取消操作');
    if (this.signatures >= this.failAfter) return this.#fail(0x0b000001, '签名失败');
    const software = await openSoftwareKey(state.key.privateKey);
    const hash = hashesById[Number(hashId)] ?? 'sha-256';
    const value = async (): Promise<Uint8Array | undefined> => {
      switch (func) {
        case 'SOF_SignData':
          return software.signBytes('sha-256', new TextEncoder().encode(String(input)));
        case 'SOF_SignDataBase64':
          return software.signBytes('sha-256', base64.bytes(String(input)));
        case 'SOF_SignHashData':
          return software.signDigest(hash, base64.bytes(String(input)));
        case 'SOF_SignHashMessage':
        case 'SOF_SignDataByP7':
          return cmsOver(state.key, hash, base64.bytes(String(input)), software.signBytes);
        default:
          return undefined;
      }
    };
    const signed = await value();
    if (!signed) return undefined;
    this.signatures += 1;
    return base64.of(signed);
  }

  #fail(code: number, text: string): string {
    this.#lastError = { code, text };
    return '';
  }
}

function login(state: KeyState, pin: string): boolean {
  if (state.attemptsLeft === 0) return false;
  if (pin !== state.key.pin) {
    state.attemptsLeft -= 1;
    return false;
  }
  state.attemptsLeft = state.key.attempts ?? 6;
  state.token = `token-${state.key.certId}`;
  return true;
}

/** A detached CMS, as the function for messages makes it. */
async function cmsOver(
  { certificate }: SimulatedUkey,
  hash: HashAlgorithm,
  digest: Uint8Array,
  sign: (hash: HashAlgorithm, data: Uint8Array) => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const signedAttributes = await buildSignedAttributes({ certificate, hash, digest, engine: await openCryptoEngine() });
  const algorithm = signatureAlgorithmFor(parseCertificate(certificate).publicKey, hash);
  const signature = await sign(hash, signedAttributes);
  return buildSignedData({ certificate, chain: [], algorithm, hash, signedAttributes, signature });
}
