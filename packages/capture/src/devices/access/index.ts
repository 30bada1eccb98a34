export { browserEnvironment, type AccessEnvironment, type DeviceApi } from './environment.js';
export {
  diagnoseAccess,
  IFRAME_ALLOW,
  type AccessFeature,
  type AccessFix,
  type AccessReport,
  type AccessState,
  type DiagnoseAccessOptions,
  type FeatureAccess,
} from './diagnose-access.js';
export { probeService, type ProbeServiceOptions, type ServiceProbe } from './probe-service.js';
export { accessMessages } from './access.messages.js';
