import { AnjuanError, type ErrorCode } from '@anjuan/core';
import { expectThat, type SuiteRunner } from '@anjuan/core/testing';
import type { IdCard, IdCardReader } from '../devices/id-card-reader.js';

/** A reader with a simulated device behind it, and what the suite may do to that device. */
export interface IdCardReaderFixture {
  readonly reader: IdCardReader;
  /** What a good read of the card gives; the photo is not compared. */
  readonly card: IdCard;
  readonly placeCard: () => Promise<void> | void;
  readonly removeCard: () => Promise<void> | void;
  /** The next read fails on the card. Absent where the device cannot fail so. */
  readonly damageCard?: () => Promise<void> | void;
  /** Takes the reader away, as pulling the cable or stopping the service does. */
  readonly unplug?: () => Promise<void> | void;
  /** The device takes commands and never answers. */
  readonly silence?: () => Promise<void> | void;
  /** Lets time pass until the promise settles: `(promise) => clock.settle(promise)`. Default: waits. */
  readonly settle?: <T>(promise: Promise<T>) => Promise<T>;
  /** Things of the device that are still held: claimed interfaces, open sockets. */
  readonly held?: () => number;
  readonly dispose?: () => Promise<void> | void;
}

/** A time in which no card comes. Milliseconds. */
const SHORT_MS = 1500;

/**
 * What every IdCardReader must do. Run it in any framework: `idCardReaderSuite({ describe, it }, 'hid', createFixture)`.
 */
export function idCardReaderSuite(
  { describe, it }: SuiteRunner,
  name: string,
  create: () => Promise<IdCardReaderFixture> | IdCardReaderFixture,
): void {
  const test = (
    title: string,
    body: (fixture: Required<Pick<IdCardReaderFixture, 'settle'>> & IdCardReaderFixture) => Promise<void>,
  ): void =>
    it(title, async () => {
      const fixture = await create();
      try {
        await body({ settle: (promise) => promise, ...fixture });
      } finally {
        await fixture.reader.close();
        await fixture.dispose?.();
      }
    });

  describe(`IdCardReader: ${name}`, () => {
    test('reads the card that lies on it', async ({ reader, card, placeCard, settle }) => {
      await placeCard();
      expectSame(await settle(reader.read()), card);
    });

    test('waits for the card', async ({ reader, card, placeCard, settle }) => {
      const reading = reader.read({ timeoutMs: 60_000 });
      await nextTurn();
      await placeCard();
      expectSame(await settle(reading), card);
    });

    test('says that no card came', async ({ reader, settle }) => {
      const error = await failureOf(settle(reader.read({ timeoutMs: SHORT_MS })));
      expectThat(error.code === 'reader-no-card', `reader-no-card, got ${error.code}`);
    });

    test('reads a card once: it must leave before it is read again', async ({
      reader,
      card,
      placeCard,
      removeCard,
      settle,
    }) => {
      await placeCard();
      await settle(reader.read());
      const again = await failureOf(settle(reader.read({ timeoutMs: SHORT_MS })));
      expectThat(again.code === 'reader-no-card', `reader-no-card while the old card lies there, got ${again.code}`);
      await removeCard();
      await failureOf(settle(reader.read({ timeoutMs: SHORT_MS })));
      await placeCard();
      expectSame(await settle(reader.read()), card);
    });

    test('stops on abort, before and inside of a read, and works on afterwards', async (fixture) => {
      const { reader, card, placeCard, settle } = fixture;
      const early = await failureOf(settle(reader.read({ signal: AbortSignal.abort() })));
      expectThat(early.code === 'aborted', `aborted, got ${early.code}`);
      const controller = new AbortController();
      const reading = failureOf(reader.read({ signal: controller.signal }));
      await nextTurn();
      controller.abort();
      const late = await settle(reading);
      expectThat(late.code === 'aborted', `aborted, got ${late.code}`);
      await placeCard();
      expectSame(await settle(reader.read()), card);
    });

    test('says that a card cannot be read, and reads the next one', async (fixture) => {
      const { reader, card, placeCard, removeCard, damageCard, settle } = fixture;
      if (!damageCard) return;
      await damageCard();
      await placeCard();
      const error = await failureOf(settle(reader.read()));
      expectThat(['reader-failed', 'device-protocol'].includes(error.code), `reader-failed, got ${error.code}`);
      await removeCard();
      await placeCard();
      expectSame(await settle(reader.read()), card);
    });

    test('says that the device went away', async ({ reader, unplug, settle }) => {
      if (!unplug) return;
      const reading = failureOf(reader.read({ timeoutMs: 60_000 }));
      await nextTurn();
      await unplug();
      const running = await settle(reading);
      expectThat(GONE.includes(running.code), `a code for a missing device, got ${running.code}`);
      const next = await failureOf(settle(reader.read({ timeoutMs: SHORT_MS })));
      expectThat(GONE.includes(next.code), `the same from the next read, got ${next.code}`);
    });

    test('never hangs on a device that does not answer', async ({ reader, placeCard, silence, settle }) => {
      if (!silence) return;
      await placeCard();
      await silence();
      const error = await failureOf(settle(reader.read({ timeoutMs: SHORT_MS })));
      expectThat(['device-timeout', 'reader-no-card'].includes(error.code), `device-timeout, got ${error.code}`);
    });

    test('closes twice as once, ends a running read, holds nothing', async ({ reader, held, settle }) => {
      const reading = failureOf(reader.read({ timeoutMs: 60_000 }));
      await nextTurn();
      await settle(reader.close());
      await settle(reader.close());
      await settle(reading);
      await failureOf(settle(reader.read({ timeoutMs: SHORT_MS })));
      expectThat((held?.() ?? 0) === 0, `nothing held, got ${held?.() ?? 0}`);
    });
  });
}

/** Codes of a reader that is not there (any more). */
const GONE: readonly ErrorCode[] = ['device-lost', 'device-not-found', 'service-not-installed', 'service-failed'];

/** Compares field by field; never names a value, because a card is a person. */
function expectSame(found: IdCard, expected: IdCard): void {
  const { photo: _found, ...left } = found;
  const { photo: _expected, ...right } = expected;
  const names = new Set([...Object.keys(left), ...Object.keys(right)]) as Set<keyof typeof left>;
  for (const field of names) expectThat(left[field] === right[field], `the card's ${field}`);
}

async function failureOf(work: Promise<unknown>): Promise<AnjuanError> {
  try {
    await work;
  } catch (error) {
    expectThat(AnjuanError.is(error), `a typed error, got ${error instanceof Error ? error.name : typeof error}`);
    return error;
  }
  throw new Error('Expected: an error');
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
