import type { CardPhotoDecoder, IdCard } from '../../id-card-reader.js';
import type { CardReply } from '../sam/sam-session.js';
import { readText } from './fields.js';
import { parseCardText, splitContent } from './parse-card.js';

/** What a card may bring besides its own content. */
export interface CardExtras {
  readonly photoDecoder: CardPhotoDecoder | undefined;
  /** Asks the reader for the address written later; called only for kinds of card that have one. */
  readonly appendedAddress: () => Promise<Uint8Array | undefined>;
}

/**
 * Makes a card of a read reply and overwrites the reply with zeros, whatever happens. A photo that its decoder cannot
 * decode is left out: the rest of the card is still good.
 */
export async function readCardReply({ data, layout }: CardReply, extras: CardExtras): Promise<IdCard> {
  try {
    const { text, photo } = splitContent(data, layout);
    const card = parseCardText(text);
    const appendedAddress = card.kind === 'resident' ? await appendedOf(extras) : undefined;
    const picture = extras.photoDecoder ? await decode(photo, extras.photoDecoder) : undefined;
    return {
      ...card,
      ...(appendedAddress ? { appendedAddress } : {}),
      ...(picture ? { photo: picture } : {}),
    };
  } finally {
    data.fill(0);
  }
}

async function appendedOf({ appendedAddress }: CardExtras): Promise<string | undefined> {
  const data = await appendedAddress();
  if (!data) return undefined;
  try {
    return readText(data, [0, data.length], 'appendedAddress');
  } catch {
    // The card itself is good; an unreadable extra is no reason to refuse it.
    return undefined;
  } finally {
    data.fill(0);
  }
}

async function decode(photo: Uint8Array, decoder: CardPhotoDecoder): Promise<ImageBitmap | undefined> {
  const copy = photo.slice();
  try {
    return await decoder(copy);
  } catch {
    return undefined;
  } finally {
    copy.fill(0);
  }
}
