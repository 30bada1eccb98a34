// Capture for pages without a build: a module script after anjuan.min.js, whose core and lit it shares.
import '@anjuan/capture/define';

export * from '@anjuan/core/outbox';
