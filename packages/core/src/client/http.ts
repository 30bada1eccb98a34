import { AnjuanError } from '../errors/anjuan-error.js';
import { parseJson } from '../json/read.js';
import { linkAbort } from '../lifecycle/abort.js';
import {
  textOf,
  type Call,
  type CallSubject,
  type LaneTicket,
  type Progress,
  type Reply,
  type Send,
} from '../transport/call.js';

const FORM = 'application/x-www-form-urlencoded';
const FHIR_JSON = 'application/fhir+json, application/json;q=0.9';

export interface GetRequest {
  /** For telemetry. */
  readonly name: string;
  readonly url: URL;
  readonly subject: CallSubject;
  readonly signal?: AbortSignal | undefined;
  readonly ticket: LaneTicket;
  readonly headers?: Readonly<Record<string, string>>;
  /** Parameters that may name a person: sent as the body of a POST, never in the address, where logs would keep them. */
  readonly form?: URLSearchParams;
  readonly alsoOk?: readonly number[];
  readonly deadline?: 'total' | 'idle';
  readonly onProgress?: (progress: Progress) => void;
}

export interface JsonReply {
  readonly value: unknown;
  readonly status: number;
  readonly etag: string | undefined;
  readonly requestId: string;
  readonly sizeBytes: number;
}

/** Calls to one archive; ends with its client. */
export class ArchiveHttp {
  readonly #send: Send;
  readonly #closing: AbortSignal;

  constructor(options: { readonly send: Send; readonly closing: AbortSignal }) {
    this.#send = options.send;
    this.#closing = options.closing;
  }

  get(request: GetRequest): Promise<Reply> {
    const { form, headers, alsoOk, deadline, onProgress, ...rest } = request;
    return this.send({
      ...rest,
      method: form ? 'POST' : 'GET',
      headers: { ...headers, ...(form && { 'content-type': FORM }) },
      ...(form && { body: form.toString(), safe: true }),
      ...(alsoOk && { alsoOk }),
      ...(deadline && { deadline }),
      ...(onProgress && { onProgress }),
    });
  }

  /** One call that ends with the client at the latest. */
  async send(call: Omit<Call, 'signal'> & { readonly signal?: AbortSignal | undefined }): Promise<Reply> {
    const linked = linkAbort(this.#closing, call.signal);
    try {
      return await this.#send({ ...call, signal: linked.signal });
    } catch (error) {
      throw AnjuanError.from(error);
    } finally {
      linked.release();
    }
  }

  /** Errors: also `protocol-not-fhir` when the body of a success is no JSON object. A 304 has value `undefined`. */
  async getJson(request: GetRequest): Promise<JsonReply> {
    const reply = await this.get({ ...request, headers: { accept: FHIR_JSON, ...request.headers } });
    const { status, requestId, sizeBytes } = reply;
    const etag = reply.headers.get('etag') ?? undefined;
    if (status === 304) return { value: undefined, status, etag, requestId, sizeBytes };
    const value = parseJson(textOf(reply));
    if (typeof value !== 'object' || value === null) {
      throw new AnjuanError('protocol-not-fhir', { requestId, details: { status, sizeBytes } });
    }
    return { value, status, etag, requestId, sizeBytes };
  }
}
