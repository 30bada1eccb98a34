import { browserEnvironment, type AccessEnvironment, type DeviceApi } from './environment.js';

/** Ways to devices; `services`: the vendor's programs on this computer, reached at 127.0.0.1. */
export type AccessFeature = DeviceApi | 'services';

/** Where the page stands. `ask`: the browser asks when it is used for the first time. */
export type AccessState =
  | 'available'
  | 'ask'
  | 'denied-by-user'
  | 'blocked-by-policy'
  | 'blocked-by-iframe'
  | 'insecure-context'
  | 'unsupported-browser'
  | 'local-network-blocked';

/** Keys of `accessMessages.fix`: what is to be done, and by whom. */
export type AccessFix =
  | 'nothing'
  | 'answerAllow'
  | 'chooseDevice'
  | 'siteSettings'
  | 'iframeAllow'
  | 'permissionsPolicy'
  | 'serveHttps'
  | 'useChromium'
  | 'allowLocalNetwork';

/** One way to devices. */
export interface FeatureAccess {
  readonly feature: AccessFeature;
  readonly state: AccessState;
  readonly fix: AccessFix;
  /** Token of the iframe's `allow` list or of the Permissions-Policy header that is missing. */
  readonly token?: string;
}

/** What this page may use, and what to do about the rest. Plain data, without anything about people. */
export interface AccessReport {
  readonly secure: boolean;
  readonly embedded: boolean;
  readonly features: readonly FeatureAccess[];
  /** For the `allow` attribute, when the page stands in an iframe that lacks something: the whole list. */
  readonly iframeAllow?: string;
}

/** Options of `diagnoseAccess`. */
export interface DiagnoseAccessOptions {
  /** Default: this page. */
  readonly environment?: AccessEnvironment;
}

const TOKENS: Readonly<Record<AccessFeature, string>> = {
  camera: 'camera',
  hid: 'hid',
  usb: 'usb',
  serial: 'serial',
  services: 'loopback-network',
};
const ALL: readonly AccessFeature[] = ['camera', 'hid', 'usb', 'serial', 'services'];

/** Everything that capture may need in one iframe. */
export const IFRAME_ALLOW = ALL.map((feature) => TOKENS[feature]).join('; ');

const FIXES: Readonly<Record<AccessState, AccessFix>> = {
  available: 'nothing',
  ask: 'chooseDevice',
  'denied-by-user': 'siteSettings',
  'blocked-by-policy': 'permissionsPolicy',
  'blocked-by-iframe': 'iframeAllow',
  'insecure-context': 'serveHttps',
  'unsupported-browser': 'useChromium',
  'local-network-blocked': 'allowLocalNetwork',
};

/** Finds out what the page may use, without asking anybody and without opening anything. Never rejects. */
export async function diagnoseAccess(options: DiagnoseAccessOptions = {}): Promise<AccessReport> {
  const environment = options.environment ?? browserEnvironment();
  const features = await Promise.all(ALL.map((feature) => accessOf(feature, environment)));
  const lacking = features.some((one) => one.state === 'blocked-by-iframe');
  const { secure, embedded } = environment;
  return { secure, embedded, features, ...(lacking && { iframeAllow: IFRAME_ALLOW }) };
}

/** One of the features of `diagnoseAccess`. */
export async function accessOf(feature: AccessFeature, environment: AccessEnvironment): Promise<FeatureAccess> {
  const state = feature === 'services' ? await serviceState(environment) : await deviceState(feature, environment);
  const blocked = state === 'blocked-by-iframe' || state === 'blocked-by-policy';
  const prompts = state === 'ask' && (feature === 'camera' || feature === 'services');
  return {
    feature,
    state,
    fix: prompts ? 'answerAllow' : FIXES[state],
    ...(blocked && { token: TOKENS[feature] }),
  };
}

async function deviceState(feature: DeviceApi, environment: AccessEnvironment): Promise<AccessState> {
  // Plain http hides the interfaces, so this comes before what the browser has.
  if (!environment.secure) return 'insecure-context';
  if (!environment.has(feature)) return 'unsupported-browser';
  if (environment.allowsFeature(TOKENS[feature]) === false) return policyState(environment);
  if (feature !== 'camera') return (await environment.paired(feature)) ? 'available' : 'ask';
  const permission = await environment.permission('camera');
  if (permission === 'denied') return 'denied-by-user';
  return permission === 'granted' ? 'available' : 'ask';
}

/** @source WICG Local Network Access; Chromium asks since 142, for WebSocket since 147, and always refuses http pages */
async function serviceState(environment: AccessEnvironment): Promise<AccessState> {
  if (environment.local) return 'available';
  const permission =
    (await environment.permission('loopback-network')) ?? (await environment.permission('local-network-access'));
  // A browser that knows no such permission guards nothing.
  if (permission === undefined) return 'available';
  if (permission === 'granted') return 'available';
  if (!environment.secure) return 'insecure-context';
  if (environment.allowsFeature(TOKENS.services) === false) return policyState(environment);
  return permission === 'prompt' ? 'ask' : 'local-network-blocked';
}

const policyState = ({ embedded }: AccessEnvironment): AccessState =>
  embedded ? 'blocked-by-iframe' : 'blocked-by-policy';
