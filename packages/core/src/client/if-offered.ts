import { AnjuanError } from '../errors/anjuan-error.js';
import type { ErrorCode } from '../errors/codes.js';
import type { ClientContext } from './context.js';

/** What an archive without page service answers to an operation that it does not know. */
const REFUSALS: readonly ErrorCode[] = ['page-not-found', 'record-not-found', 'protocol-invalid'];

/** An answer of the page service. A refusal by an archive that has none says so, instead of "no such page". */
export async function ifOffered<T>(context: ClientContext, reply: Promise<T>): Promise<T> {
  try {
    return await reply;
  } catch (error) {
    if (!AnjuanError.is(error) || !REFUSALS.includes(error.code)) throw error;
    const capabilities = await context.capabilities().catch(() => undefined);
    if (capabilities?.pageService === false) throw new AnjuanError('capability-missing', { cause: error });
    throw error;
  }
}
