import { signError } from '../../errors/sign-codes.js';
import type { CallFault, CallOptions } from '../../trust/bounded-call.js';
import { asText, postJson, protocolError } from '../json-service.js';
import { localFault, type LocalAccess } from './local-access.js';

/** Class identifiers of a vendor's control, as its service wants them. */
export interface SofClasses {
  readonly app: string;
  readonly picture: string;
}

/** A vendor's service on this computer. */
export interface SofServiceOptions extends CallOptions, LocalAccess {
  /** Default `http://127.0.0.1:21051/synctl`, on https pages `https://127.0.0.1:21061/synctl`. */
  readonly url?: string;
  readonly classes?: SofClasses;
  /** What the service is told as the page's address. Default the origin: paths may name patients. */
  readonly pageUrl?: string;
}

const usualClasses: SofClasses = {
  app: '3F367B74-92D9-4C5E-AB93-234F8A91D5E6',
  picture: '3BC3C868-95B5-47ED-8686-E0E3E94EF366',
};

const location = (): { readonly protocol?: string; readonly origin?: string } =>
  (globalThis as { location?: { protocol?: string; origin?: string } }).location ?? {};

/** Calls functions of the service; keeps the token that it gives at login. */
export class SofService {
  readonly #options: SofServiceOptions;
  #token = '';

  constructor(options: SofServiceOptions) {
    this.#options = options;
  }

  /** The raw value. Errors: `signer-service-missing`, `signer-service-blocked`, `signer-unavailable`, `signer-protocol`. */
  async call(
    func: string,
    param: readonly (string | number)[],
    options: { readonly signal?: AbortSignal | undefined; readonly picture?: boolean } = {},
  ): Promise<unknown> {
    const { classes = usualClasses, pageUrl = location().origin ?? '' } = this.#options;
    const https = location().protocol === 'https:';
    const url = this.#options.url ?? (https ? 'https://127.0.0.1:21061/synctl' : 'http://127.0.0.1:21051/synctl');
    const body = {
      url: pageUrl,
      clsid: options.picture ? classes.picture : classes.app,
      func,
      param,
      ...(this.#token !== '' && { token: this.#token }),
    };
    let fault: CallFault | undefined;
    const answer = await postJson(
      {
        ...this.#options,
        url,
        signal: options.signal,
        fault: (reason, cause) => {
          fault = reason;
          return signError('signer-unavailable', { details: { reason }, cause });
        },
      },
      body,
    ).catch(async (error: unknown) => {
      throw fault === 'unreachable' ? await localFault(this.#options, { reason: fault }) : error;
    });
    if (answer.status !== 200)
      throw signError('signer-unavailable', { details: { reason: 'http-status', httpStatus: answer.status } });
    const { json } = answer;
    this.#token = asText(json['token']) ?? this.#token;
    // Versions of the service differ in the name; an absent value is how they say "nothing".
    return json['retValue'] ?? json['retVal'];
  }

  /** Text, empty for nothing. */
  async text(func: string, param: readonly (string | number)[], signal: AbortSignal | undefined): Promise<string> {
    const value = await this.call(func, param, { signal });
    return typeof value === 'number' ? String(value) : (asText(value) ?? '');
  }

  /** A number. Errors: `signer-protocol`. */
  async number(func: string, param: readonly (string | number)[], signal: AbortSignal | undefined): Promise<number> {
    const value = Number(await this.text(func, param, signal));
    if (!Number.isInteger(value)) throw protocolError('number');
    return value;
  }

  /** True or false, in the spellings of the services. */
  async flag(func: string, param: readonly (string | number)[], signal: AbortSignal | undefined): Promise<boolean> {
    const value = await this.call(func, param, { signal });
    return value === true || /^(true|1)$/i.test(String(value));
  }

  /** Forgets who logged in. */
  forget(): void {
    this.#token = '';
  }
}
