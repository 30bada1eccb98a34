import { messageKeys } from '@anjuan/core/element';
import { expect } from 'chai';
import { accessMessages } from './access.messages.js';
import { diagnoseAccess, IFRAME_ALLOW, type AccessReport } from './diagnose-access.js';
import { browserEnvironment } from './environment.js';

const stateOf = (report: AccessReport, feature: string): string | undefined =>
  report.features.find((one) => one.feature === feature)?.state;

describe('access in the browser', () => {
  it('sees what this page may use', async () => {
    const report = await diagnoseAccess();
    expect(report.secure).to.equal(true);
    expect(stateOf(report, 'camera')).to.be.oneOf(['available', 'ask']);
    for (const feature of ['hid', 'usb', 'serial']) expect(stateOf(report, feature), feature).to.equal('ask');
    expect(stateOf(report, 'services'), 'the test page is on this computer').to.equal('available');
  });

  it('sees an iframe that passes nothing on, and one that passes the camera on', async () => {
    const frames = document.createElement('div');
    document.body.append(frames);
    const inside = async (allow: string): Promise<Record<string, boolean | undefined>> => {
      const frame = document.createElement('iframe');
      frame.allow = allow;
      frames.append(frame);
      const policy = (frame.contentDocument as unknown as { featurePolicy: { allowsFeature(name: string): boolean } })
        .featurePolicy;
      return { camera: policy.allowsFeature('camera'), hid: policy.allowsFeature('hid') };
    };
    expect(await inside("camera 'none'; hid 'none'")).to.deep.equal({ camera: false, hid: false });
    expect(await inside(IFRAME_ALLOW)).to.deep.equal({ camera: true, hid: true });
    frames.remove();
  });

  it('knows its environment: allowed features, and undefined for names nobody knows', async () => {
    const environment = browserEnvironment();
    expect(environment.allowsFeature('camera')).to.equal(true);
    expect(environment.allowsFeature('no-such-feature')).to.equal(undefined);
    expect(await environment.permission('no-such-permission')).to.equal(undefined);
    expect(environment.has('usb')).to.equal(true);
  });

  it('has the same texts in both languages', () => {
    expect(messageKeys(accessMessages.en)).to.deep.equal(messageKeys(accessMessages['zh-CN']));
    expect(accessMessages['zh-CN'].fix.iframeAllow('camera')).to.contain('camera');
  });
});
