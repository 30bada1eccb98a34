import { AnjuanError } from '@anjuan/core';

/** An error of the PDF engine as one of ours. */
export function pdfError(error: unknown): AnjuanError {
  if (AnjuanError.is(error)) return error;
  const name = error instanceof Error ? error.name : '';
  const message = error instanceof Error ? error.message : '';
  switch (name) {
    case 'PasswordException':
      return new AnjuanError('pdf-encrypted', { cause: error });
    case 'InvalidPDFException':
    case 'FormatError':
    case 'XRefParseException':
    case 'XRefEntryException':
      return new AnjuanError('pdf-malformed', { cause: error });
    case 'RenderingCancelledException':
    case 'AbortException':
    case 'AbortError':
      return new AnjuanError('aborted', { cause: error });
  }
  if (/Worker was destroyed|Transport destroyed|Loading aborted|Worker was terminated/i.test(message)) {
    return new AnjuanError('aborted', { cause: error });
  }
  if (/API version .* does not match/i.test(message)) return new AnjuanError('assets-missing', { cause: error });
  if (/Invalid page|page dictionary|Pages tree|Kids|XRef|catalog|stream/i.test(message)) {
    return new AnjuanError('pdf-malformed', { cause: error });
  }
  if (error instanceof RangeError) return new AnjuanError('render-memory', { cause: error });
  return new AnjuanError('render-failed', { cause: error });
}
