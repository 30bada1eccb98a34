/** Interfaces of browsers that lead to devices. */
export type DeviceApi = 'camera' | 'hid' | 'usb' | 'serial';

/** What a page can learn about its own rights, without asking anybody anything. Tests and diagnosis inject one. */
export interface AccessEnvironment {
  /** https, localhost, or an origin that a policy declares safe. */
  readonly secure: boolean;
  /** The page stands inside another one. */
  readonly embedded: boolean;
  /** The page itself is on this computer, so that nothing local is blocked. */
  readonly local: boolean;
  /** The browser has the interface; http pages lack it, too. */
  has(api: DeviceApi): boolean;
  /** What headers and the iframe's allow list say; undefined where the browser cannot tell. */
  allowsFeature(feature: string): boolean | undefined;
  /** A device was chosen here before and may be used without asking. */
  paired(api: Exclude<DeviceApi, 'camera'>): Promise<boolean>;
  /** State of a permission; undefined where the browser does not know its name. */
  permission(name: string): Promise<PermissionState | undefined>;
}

interface FeaturePolicy {
  allowsFeature(feature: string): boolean;
  features?(): string[];
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** The environment of this page. */
export function browserEnvironment(): AccessEnvironment {
  return {
    get secure() {
      return globalThis.isSecureContext === true;
    },
    get embedded() {
      return typeof window !== 'undefined' && window.self !== window.top;
    },
    get local() {
      return typeof location !== 'undefined' && LOOPBACK.test(location.hostname);
    },
    has: (api) => hasApi(api),
    allowsFeature: (feature) => allowsFeature(feature),
    paired: async (api) => {
      try {
        return ((await devicesOf(api)) ?? []).length > 0;
      } catch {
        return false;
      }
    },
    permission: async (name) => {
      try {
        return (await navigator.permissions.query({ name: name as PermissionName })).state;
      } catch {
        // An unknown name is a TypeError; `hid`, `usb` and `serial` have none in any browser.
        return undefined;
      }
    },
  };
}

function hasApi(api: DeviceApi): boolean {
  if (typeof navigator === 'undefined') return false;
  if (api === 'camera') return typeof navigator.mediaDevices?.getUserMedia === 'function';
  return api in navigator;
}

interface PairedDevices {
  getDevices?(): Promise<readonly unknown[]>;
  getPorts?(): Promise<readonly unknown[]>;
}

function devicesOf(api: Exclude<DeviceApi, 'camera'>): Promise<readonly unknown[]> | undefined {
  const found = (globalThis.navigator as unknown as Partial<Record<string, PairedDevices>> | undefined)?.[api];
  return found?.getPorts?.() ?? found?.getDevices?.();
}

function allowsFeature(feature: string): boolean | undefined {
  if (typeof document === 'undefined') return undefined;
  const page = document as { permissionsPolicy?: FeaturePolicy; featurePolicy?: FeaturePolicy };
  const policy = page.permissionsPolicy ?? page.featurePolicy;
  if (!policy) return undefined;
  // Browsers answer false for names they do not know, which is no prohibition.
  if (policy.features && !policy.features().includes(feature)) return undefined;
  return policy.allowsFeature(feature);
}
