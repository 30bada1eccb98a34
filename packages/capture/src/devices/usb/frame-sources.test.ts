import { describe, it } from 'node:test';
import { frameSourceSuite } from '../../testing/frame-source-suite.js';
import { deviceFixtures } from '../../testing/vendor-simulators/device-fixtures.js';

const runner = {
  describe: (name: string, body: () => void) => void describe(name, body),
  it: (name: string, body: () => Promise<void>) => void it(name, body),
};

for (const [name, create] of Object.entries(deviceFixtures)) frameSourceSuite(runner, name, create);
