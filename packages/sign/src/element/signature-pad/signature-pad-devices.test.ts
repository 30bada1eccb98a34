// The pad with the devices it is made for, each spoken to in its real bytes.
import { expect } from 'chai';
import { localPadInkSource, stuInkSource } from '../../tablets/index.js';
import { LocalPadSimulator } from '../../testing/local-pad-simulator.js';
import { FakeStuHid, FakeStuTablet } from '../../testing/stu-simulator.js';
import { click, findAll, mountPad, text, unmountPads, until } from './testing/pad-page.js';

afterEach(unmountPads);

const points = (count: number): { x: number; y: number; pressure: number }[] =>
  Array.from({ length: count }, (_, index) => ({ x: 2000 + index * 10, y: 2000 + (index % 40) * 20, pressure: 400 }));
const up = { x: 3000, y: 2000, pressure: 0 };

describe('anjuan-signature-pad: with a Wacom STU', () => {
  it('keeps every report, also when the cable is pulled in the middle of a stroke', async () => {
    const hid = new FakeStuHid();
    const tablet = new FakeStuTablet();
    hid.plug(tablet, { granted: true });
    const element = await mountPad({ properties: { source: stuInkSource({ hid, keys: false }) } });
    await until(() => text(element, '[data-widget=notice]').includes('已就绪'), 'the tablet is ready');
    await tablet.write([...points(600), up]);
    await until(() => element.strokeCount === 1, 'the stroke');
    const { samples = [] } = element.ink?.strokes[0] ?? {};
    expect(samples.length).to.equal(600);
    expect(element.ink?.device.kind).to.equal('tablet');
    expect(samples[0]?.t).to.equal(0);
    await tablet.write(points(50));
    hid.unplug(tablet);
    await until(() => text(element, '[data-code=pad-lost] .notice-title') !== '', 'it is told');
    expect(element.ink?.strokes.map((stroke) => stroke.samples.length)).to.deep.equal([600, 50]);
    hid.plug(tablet, { granted: true });
    await click(element, 'reconnect');
    await until(() => text(element, '[data-widget=notice]').includes('已就绪'), 'connected again');
    await tablet.write([...points(20), up]);
    await until(() => element.strokeCount === 3, 'it goes on');
    const times = element.ink?.strokes.flatMap((stroke) => stroke.samples.map(({ t }) => t)) ?? [];
    expect(times).to.deep.equal([...times].sort((a, b) => a - b));
  });
});

describe('anjuan-signature-pad: with a local pad service', () => {
  it('takes strokes and the confirm key, and keeps the ink when the service dies', async () => {
    const service = new LocalPadSimulator();
    const source = localPadInkSource({ url: 'ws://127.0.0.1:21071/pad', webSocket: service.webSocket });
    const element = await mountPad({ properties: { source } });
    await until(() => text(element, '[data-widget=notice]').includes('PAD-9900'), 'the service is ready');
    service.write([
      [100, 200, 5000, 40_000],
      [900, 700, 11_667, 50_000],
    ]);
    service.up();
    await until(() => element.strokeCount === 1, 'the stroke');
    service.press('confirm');
    await until(() => text(element, '[data-widget=notice]') === '签字已确认', 'confirmed');
    expect(element.ink).to.deep.include({ width: 12_000, height: 6000 });
    service.write([[100, 900, 25_000, 40_000]]);
    service.stop();
    await until(() => findAll(element, '[data-code]').length === 1, 'it is told');
    expect(element.ink?.strokes.map((stroke) => stroke.samples.length)).to.deep.equal([2, 1]);
  });

  it('says that the service does not run', async () => {
    const { webSocket } = new LocalPadSimulator({ service: 'missing' });
    const source = localPadInkSource({ url: 'ws://127.0.0.1:21071/pad', webSocket });
    const element = await mountPad({ properties: { source } });
    await until(() => text(element, '[data-code=pad-service-missing] .notice-title') !== '', 'it is told');
  });
});
