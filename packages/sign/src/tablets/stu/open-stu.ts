import { abortError, AnjuanError, linkAbort, systemClock, throwIfAborted, untilAborted } from '@anjuan/core';
import { signError } from '../../errors/sign-codes.js';
import type { InkEvent } from '../../ink/ink.js';
import { findStu, modelOf, openDevice, pageHid } from './find-stu.js';
import type { StuInkSession, StuInkSourceOptions } from './stu-ink-source.js';
import { StuSession } from './stu-session.js';

/** See `stuInkSource`. */
export async function openStu(
  options: StuInkSourceOptions,
  { signal, onEvent }: { readonly signal: AbortSignal; readonly onEvent: (event: InkEvent) => void },
): Promise<StuInkSession> {
  throwIfAborted(signal);
  const hid = options.hid ?? pageHid();
  const device = options.device ?? (await untilAborted(findStu(hid), signal));
  const model = modelOf(device);
  if (options.encryption === 'required' && model.encryption !== 2) {
    throw signError('pad-unsupported', { details: { reason: 'encryption-v1' } });
  }
  await openDevice(device);
  const link = linkAbort(signal);
  const session = new StuSession({
    device,
    model,
    hid,
    link,
    onEvent,
    onGap: (missingReports) => options.onGap?.({ missingReports }),
    clock: options.clock ?? systemClock,
    wishes: options,
  });
  try {
    await session.start();
    return session;
  } catch (error) {
    await session.close();
    if (signal.aborted) throw abortError(signal);
    throw error instanceof AnjuanError ? error : signError('pad-protocol', { cause: error });
  }
}
