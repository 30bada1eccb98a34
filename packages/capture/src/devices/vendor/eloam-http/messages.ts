import { captureError } from '@anjuan/core/outbox';
import { pictureFromBase64, type ServicePicture } from '../shared/base64-picture.js';
import { arrayOf, integerOf, isObject, member, protocolError, textOf, type JsonObject } from '../shared/json.js';

/** Most lenses that one service is asked for. */
const MAX_LENSES = 8;
/** Most pictures in one answer. */
const MAX_PICTURES = 32;

/** Numbers of the lenses that are connected: `{code:"0", video0:"ok", video1:"no"}`. */
export function parseLenses(reply: JsonObject): readonly number[] {
  if (integerOf(member(reply, 'code')) !== 0) throw failed(reply);
  const lenses: number[] = [];
  for (let lens = 0; lens < MAX_LENSES; lens += 1) {
    const state = textOf(member(reply, `video${lens}`)).toLowerCase();
    if (state === 'ok' || state === 'run') lenses.push(lens);
  }
  return lenses;
}

/**
 * Body of `/video=grabimage`: whole frame, colour, best quality. Older versions read `cutpage` and answer `photoBase64`;
 * newer ones read `image_process_info` and answer `images`.
 */
export function grabRequest(lens: number): string {
  return JSON.stringify({
    filepath: 'base64',
    rotate: '0',
    cutpage: '0',
    camidx: String(lens),
    ColorMode: '0',
    quality: '0',
    image_process_info: { cut_type: '0', multi_object: '0' },
  });
}

/** Pictures of one answer to `/video=grabimage`. */
export function parsePictures(reply: JsonObject): readonly ServicePicture[] {
  if (integerOf(member(reply, 'code')) !== 0) throw failed(reply);
  const images = arrayOf(member(reply, 'images'));
  if (images.length > MAX_PICTURES) throw protocolError('images');
  if (images.length > 0) {
    return images.map((image) => pictureFromBase64(isObject(image) ? member(image, 'base64') : undefined));
  }
  return [pictureFromBase64(member(reply, 'photoBase64'))];
}

/** Fields of the card in an answer to `/card=idcard`; nothing while no card lies there. */
export function parseCardFields(reply: JsonObject): JsonObject | undefined {
  const info = member(reply, 'IDCardInfo');
  if (integerOf(member(reply, 'code')) !== 0) return undefined;
  if (!isObject(info)) throw protocolError('IDCardInfo');
  return info;
}

function failed(reply: JsonObject): ReturnType<typeof captureError> {
  return captureError('service-failed', { details: { code: integerOf(member(reply, 'code')) ?? null } });
}
