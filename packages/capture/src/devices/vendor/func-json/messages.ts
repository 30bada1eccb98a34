import { captureError } from '@anjuan/core/outbox';
import { pictureFromBase64, type ServicePicture } from '../shared/base64-picture.js';
import {
  arrayOf,
  integerOf,
  isObject,
  member,
  parseObject,
  protocolError,
  textOf,
  type JsonObject,
} from '../shared/json.js';
import { chooseSize, parseSize, type OfferedSize } from '../shared/options.js';
import type { ServiceMessage } from '../shared/service-client.js';

/** What the service sends by itself. */
export type FuncPush =
  | { readonly kind: 'frame'; readonly device: number; readonly base64: string }
  | { readonly kind: 'devices-changed' }
  | { readonly kind: 'button' };

const MAX_DEVICES = 16;
const MAX_ENTRIES = 64;

/** Reads `{func, reqId, result, …}`; frames repeat the request's id, so they are told by their picture. */
export function readFuncMessage(text: string): ServiceMessage<JsonObject, FuncPush> {
  const message = parseObject(text);
  const func = member(message, 'func');
  if (typeof func !== 'string' || func === '') throw protocolError('func');
  const base64 = member(message, 'imgBase64Str');
  if (func === 'GetCameraVideoBuff' && typeof base64 === 'string') {
    return { kind: 'push', push: { kind: 'frame', device: integerOf(member(message, 'devNum')) ?? 0, base64 } };
  }
  if (func === 'Notify' || func === 'OnDeviceChanged') return { kind: 'push', push: { kind: 'devices-changed' } };
  const reqId = textOf(member(message, 'reqId'));
  if (reqId !== '') return { kind: 'reply', key: reqId, reply: message };
  return func === 'ExternalButton' ? { kind: 'push', push: { kind: 'button' } } : { kind: 'ignored' };
}

/** The answer itself when it is a good one to that function: results 0 and 9 are good. */
export function goodReply(func: string, reply: JsonObject): JsonObject {
  if (member(reply, 'func') !== func) throw protocolError('func');
  const result = integerOf(member(reply, 'result'));
  if (result !== 0 && result !== 9) throw captureError('service-failed', { details: { result: result ?? null } });
  return reply;
}

/** A way to run a camera. */
export interface CameraMode {
  readonly mediaNum: number;
  readonly size: OfferedSize;
}

/** A camera as the service describes it. */
export interface FuncCamera {
  readonly id: number;
  readonly name: string;
  readonly modes: readonly CameraMode[];
}

/** Cameras of a `GetCameraInfo` answer. */
export function parseCameras(reply: JsonObject): readonly FuncCamera[] {
  return arrayOf(member(reply, 'devInfo')).slice(0, MAX_DEVICES).map(parseCamera);
}

function parseCamera(value: unknown): FuncCamera {
  const id = isObject(value) ? integerOf(member(value, 'id')) : undefined;
  if (!isObject(value) || id === undefined) throw protocolError('devInfo');
  const types = arrayOf(member(value, 'mediaTypes')).slice(0, MAX_ENTRIES);
  // Compressed video first: uncompressed modes of the same size have a frame a second or less.
  const ordered = types.map((type, mediaNum) => ({ type, mediaNum })).sort((a, b) => rank(a.type) - rank(b.type));
  const modes = ordered.flatMap(({ type, mediaNum }) => sizesOf(type).map((size) => ({ mediaNum, size })));
  return { id, name: textOf(member(value, 'devName')), modes };
}

const rank = (type: unknown): number => (isObject(type) && /MJ?PE?G/i.test(textOf(member(type, 'mediaType'))) ? 0 : 1);

function sizesOf(type: unknown): readonly OfferedSize[] {
  const sizes = isObject(type) ? arrayOf(member(type, 'resolutions')) : [];
  return sizes
    .slice(0, MAX_ENTRIES)
    .map((size, index) => parseSize(textOf(size), index))
    .filter((size) => size !== undefined);
}

/** The mode with the largest size within the limit; of equals the compressed one. */
export function chooseMode({ modes }: FuncCamera, maxPixels?: number): CameraMode | undefined {
  const size = chooseSize(
    modes.map((mode) => mode.size),
    maxPixels,
  );
  return modes.find((mode) => mode.size === size);
}

/** The picture of a `CameraCaptureBase64` answer. */
export function parsePicture(reply: JsonObject): ServicePicture {
  return pictureFromBase64(member(reply, 'imgBase64Str'));
}
