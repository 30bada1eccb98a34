import type { AnjuanError } from '@anjuan/core';
import type { FrameDevice } from '../../frame-source.js';
import type { DecodeFrame } from './latest-frames.js';
import type { ServicePicture } from './base64-picture.js';
import type { ServiceClient, SharedClient } from './service-client.js';
import { ServiceSession } from './service-session.js';

/** How a dialect runs one device over a shared connection. */
export interface OpenServiceSession<Reply, Push> {
  readonly shared: SharedClient<Reply, Push>;
  readonly device: FrameDevice;
  readonly signal: AbortSignal | undefined;
  readonly decodeFrame: DecodeFrame | undefined;
  /** Opens the device and starts its live view. */
  readonly start: (client: ServiceClient<Reply, Push>, session: ServiceSession) => Promise<void>;
  readonly shoot: (client: ServiceClient<Reply, Push>, signal: AbortSignal) => Promise<readonly ServicePicture[]>;
  /** What the service sends by itself. */
  readonly onPush: (push: Push, session: ServiceSession) => void;
  /** What to say when the device is given back. */
  readonly stop: readonly string[];
}

/** Opens a device; whatever fails on the way gives the connection back. */
export async function openServiceSession<Reply, Push>(
  options: OpenServiceSession<Reply, Push>,
): Promise<ServiceSession> {
  const { shared, device, signal, decodeFrame, start, shoot, onPush, stop } = options;
  const { client, release } = await shared.use(signal);
  const stops: (() => void)[] = [];
  const session = new ServiceSession({
    device,
    decodeFrame,
    shoot: (shooting) => shoot(client, shooting),
    release: () => {
      for (const end of stops) end();
      for (const text of stop) client.tell(text);
      release();
    },
  });
  stops.push(client.onPush((push) => onPush(push, session)));
  stops.push(client.onEnd((reason: AnjuanError) => session.lose(reason)));
  try {
    await start(client, session);
  } catch (error) {
    session.close();
    throw error;
  }
  return session;
}
