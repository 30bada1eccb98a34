// The one-file bundle for pages without a build: global `Anjuan`, every element registered.
import './default-assets.js';
import '@anjuan/core/define';
import '@anjuan/viewer/define';

export * from '@anjuan/core';
export * from '@anjuan/core/element';
export * from '@anjuan/viewer';
/** For further scripts of Anjuan on the same page, so that each brings only what is its own. */
export * as lit from 'lit';
