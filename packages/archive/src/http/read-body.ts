import { AnjuanError } from '@anjuan/core';
import { chunksOf } from '../blob/byte-stream.js';
import { badRequest, Refusal } from '../fhir/refusal.js';

export function tooLarge(maxBytes: number): Refusal {
  return new Refusal('validation-failed', {
    status: 413,
    issue: 'too-long',
    message: `The body is larger than ${maxBytes} bytes.`,
  });
}

async function readText(request: Request, maxBytes: number): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  let size = 0;
  try {
    if (request.body === null) return '';
    for await (const chunk of chunksOf(request.body, request.signal)) {
      size += chunk.byteLength;
      if (size > maxBytes) throw tooLarge(maxBytes);
      text += decoder.decode(chunk, { stream: true });
    }
    return text + decoder.decode();
  } catch (error) {
    if (AnjuanError.is(error)) throw error;
    throw badRequest('The body is not UTF-8 text, or was cut off.');
  }
}

/** The body as JSON. Throws 400 when it is none, 413 when it is too large. */
export async function readJson(request: Request, maxBytes: number): Promise<unknown> {
  const text = await readText(request, maxBytes);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Refusal('protocol-invalid', { status: 400, issue: 'structure', message: 'The body is not JSON.' });
  }
}

/** The body as form fields. */
export async function readForm(request: Request, maxBytes: number): Promise<URLSearchParams> {
  return new URLSearchParams(await readText(request, maxBytes));
}

/** Media type without parameters, lower case; empty when there is none. */
export function mediaType(request: Request): string {
  return (request.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}
