import { expect } from 'chai';
import { frameSourceSuite } from '../../testing/frame-source-suite.js';
import type { CapturedPicture, FrameSession, FrameSource } from '../frame-source.js';
import { createCameraSource } from './camera-source.js';
import { browserFrameGrabber } from './frame-grabber.js';

/** Counts tracks that the page holds, through the very calls that the source makes. */
function countedDevices(): { readonly source: FrameSource; readonly held: () => number } {
  const tracks: MediaStreamTrack[] = [];
  const real = navigator.mediaDevices;
  const mediaDevices = Object.assign(new EventTarget(), {
    enumerateDevices: () => real.enumerateDevices(),
    getUserMedia: async (constraints: MediaStreamConstraints) => {
      const stream = await real.getUserMedia(constraints);
      tracks.push(...stream.getTracks());
      return stream;
    },
  });
  return {
    source: createCameraSource({ mediaDevices }),
    held: () => tracks.filter((track) => track.readyState === 'live').length,
  };
}

frameSourceSuite({ describe, it }, "Chromium's fake cameras", () => countedDevices());

async function firstPicture(session: FrameSession): Promise<CapturedPicture> {
  for await (const picture of session.capture()) return picture;
  throw new Error('no picture');
}

describe('camera in the browser', () => {
  it('shows two cameras, opens the one with more pixels, whole and in full size', async () => {
    const { source, held } = countedDevices();
    const devices = await source.list();
    expect(devices.length).to.equal(2);
    const session = await source.open(devices[0]?.deviceId ?? '');
    expect([session.widthPx, session.heightPx]).to.deep.equal([3840, 2160]);
    expect(session.warnings).to.deep.equal([]);
    const picture = await firstPicture(session);
    if (picture.kind !== 'bitmap') throw new Error('a bitmap was expected');
    expect('displayWidth' in picture.bitmap ? picture.bitmap.displayWidth : picture.bitmap.width).to.equal(3840);
    picture.bitmap.close();
    session.close();
    expect(held()).to.equal(0);
  });

  it('sets focus without changing the size of the picture', async () => {
    const { source } = countedDevices();
    const [device] = await source.list();
    const session = await source.open(device?.deviceId ?? '');
    const focus = session.controls.find((control) => control.name === 'focus');
    expect(focus?.range, 'the fake camera offers focus').to.not.equal(undefined);
    await session.setControl('focus', focus?.range?.max ?? 0);
    const picture = await firstPicture(session);
    if (picture.kind !== 'bitmap') throw new Error('a bitmap was expected');
    expect('displayWidth' in picture.bitmap ? picture.bitmap.displayWidth : picture.bitmap.width).to.equal(3840);
    picture.bitmap.close();
    session.close();
  });

  it('takes frames through a video element where there is no track processor, and leaves nothing running', async () => {
    const scope = globalThis as { MediaStreamTrackProcessor?: unknown };
    const original = scope.MediaStreamTrackProcessor;
    delete scope.MediaStreamTrackProcessor;
    try {
      const { source, held } = countedDevices();
      const [device] = await source.list();
      const session = await source.open(device?.deviceId ?? '');
      const picture = await firstPicture(session);
      if (picture.kind !== 'bitmap') throw new Error('a bitmap was expected');
      expect(picture.bitmap).to.be.instanceOf(ImageBitmap);
      expect((picture.bitmap as ImageBitmap).width).to.equal(3840);
      picture.bitmap.close();
      session.close();
      expect(held()).to.equal(0);
    } finally {
      scope.MediaStreamTrackProcessor = original;
    }
  });

  it('measures how light a frame is', () => {
    const { light } = browserFrameGrabber();
    const canvas = new OffscreenCanvas(100, 80);
    const context = canvas.getContext('2d');
    context?.fillRect(0, 0, 100, 80);
    expect(light(canvas.transferToImageBitmap()).max).to.equal(0);
    if (context) context.fillStyle = 'white';
    context?.fillRect(0, 0, 50, 80);
    const half = light(canvas.transferToImageBitmap());
    expect(half.max).to.equal(255);
    expect(half.mean).to.be.within(120, 135);
  });
});
