import { signError } from '../../errors/sign-codes.js';
import type { StuHid, StuHidDevice } from './hid-types.js';
import { stuModels, WACOM_VENDOR_ID, type StuModel } from './models.js';

const isStu = (device: StuHidDevice): boolean =>
  device.vendorId === WACOM_VENDOR_ID && stuModels[device.productId] !== undefined;

/** WebHID of this page. Errors: `pad-insecure-context` on plain http, `pad-unsupported` in a browser without it. */
export function pageHid(): StuHid {
  const { hid } = (globalThis.navigator ?? {}) as { readonly hid?: StuHid };
  if (hid) return hid;
  if (globalThis.isSecureContext === false) throw signError('pad-insecure-context');
  throw signError('pad-unsupported', { details: { reason: 'no-webhid' } });
}

/** A tablet that the user has allowed before; else the browser asks, when the call comes from a click. Errors: `pad-not-found`. */
export async function findStu(hid: StuHid): Promise<StuHidDevice> {
  const granted = (await hid.getDevices()).find(isStu);
  if (granted) return granted;
  const filters = Object.keys(stuModels).map((id) => ({ vendorId: WACOM_VENDOR_ID, productId: Number(id) }));
  const chosen = await hid.requestDevice({ filters }).catch((cause: unknown) => {
    throw signError('pad-not-found', { cause });
  });
  const device = chosen.find(isStu);
  if (!device) throw signError('pad-not-found');
  return device;
}

/** What the model can do. Errors: `pad-unsupported` for tablets that speak another protocol. */
export function modelOf(device: StuHidDevice): StuModel {
  const model = device.vendorId === WACOM_VENDOR_ID ? stuModels[device.productId] : undefined;
  if (!model || model.encryption === 'tls') {
    const reason = model ? 'tls' : 'not-a-stu';
    throw signError('pad-unsupported', { details: { reason, productId: device.productId } });
  }
  return model;
}

/** Opens the device. Errors: `pad-busy`, `pad-lost`. */
export async function openDevice(device: StuHidDevice): Promise<void> {
  try {
    await device.open();
  } catch (cause) {
    const name = cause instanceof DOMException ? cause.name : '';
    throw signError(name === 'NotFoundError' || name === 'NetworkError' ? 'pad-lost' : 'pad-busy', { cause });
  }
}
