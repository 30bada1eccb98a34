import type { Clock } from '../lifecycle/clock.js';
import type { Policy } from './call.js';
import { errorOfReply } from './status-error.js';

/** Turns every answer that is not a success into an AnjuanError. */
export function checkStatusPolicy(clock: Clock): Policy {
  return (next) => async (call) => {
    const reply = await next(call);
    if ((reply.status >= 200 && reply.status < 300) || call.alsoOk?.includes(reply.status)) return reply;
    throw errorOfReply(reply, { subject: call.subject, nowMs: clock.now() });
  };
}
