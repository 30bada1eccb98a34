// Capture for pages without a build: loaded after anjuan.min.js, whose core and lit it shares. Global `AnjuanCapture`.
import '@anjuan/capture/define';

export * from '@anjuan/capture';
export * from '@anjuan/core/outbox';
