// The one-file bundle for pages without a build: global `Anjuan`, every element registered.
import './default-assets.js';
import '@anjuan/core/define';
import '@anjuan/viewer/define';

export * from '@anjuan/core';
export * from '@anjuan/core/element';
export * from '@anjuan/viewer';
