import { assert } from 'chai';
import { barOf, drawBar, layButtons } from './buttons.js';

describe('keys on the screen of a tablet, in a browser', () => {
  const capability = {
    ...{ maxX: 10800, maxY: 6480, maxPressure: 1023, screenWidth: 800, screenHeight: 480 },
    ...{ rateHz: 200, resolution: 2540, encodingFlag: 14 },
  };
  const buttons = layButtons(capability);
  const bar = barOf(buttons, capability);

  it('carry words in the asked language, black on white, each inside its own key', () => {
    const [chinese, english] = (['zh-CN', 'en'] as const).map((locale) => drawBar({ buttons, bar, locale }));
    if (!chinese || !english) throw new Error('not drawn');
    assert.deepEqual([chinese.width, chinese.height], [800, 77]);
    assert.notDeepEqual([...chinese.data], [...english.data]);
    for (const { area } of buttons) {
      let ink = 0;
      for (let y = 12; y < 65; y += 1) {
        for (let x = area.x1 + 20; x < area.x2 - 20; x += 1) {
          if ((chinese.data[(y * 800 + x) * 4] ?? 255) < 128) ink += 1;
        }
      }
      assert.isAbove(ink, 100);
    }
  });
});
