/** @source ISO 15740 (PIMA 15740:2000) clause 10.4, operation codes */
export const PtpOperation = {
  GetDeviceInfo: 0x1001,
  OpenSession: 0x1002,
  CloseSession: 0x1003,
  GetObjectHandles: 0x1007,
  GetObjectInfo: 0x1008,
  GetObject: 0x1009,
  DeleteObject: 0x100b,
  InitiateCapture: 0x100e,
} as const;

/** @source ISO 15740 clause 11.3, response codes */
export const PtpResponse = {
  Ok: 0x2001,
  SessionNotOpen: 0x2003,
  OperationNotSupported: 0x2005,
  StoreFull: 0x200c,
  AccessDenied: 0x200f,
  DeviceBusy: 0x2019,
  SessionAlreadyOpen: 0x201e,
} as const;

/** @source ISO 15740 clause 12.5, event codes */
export const PtpEvent = {
  ObjectAdded: 0x4002,
  StoreFull: 0x400a,
  CaptureComplete: 0x400d,
} as const;

/** @source ISO 15740 clause 6.2, object format codes */
export const PtpFormat = {
  Association: 0x3001,
  ExifJpeg: 0x3801,
  Jfif: 0x3808,
  Png: 0x380b,
  Tiff: 0x380d,
} as const;

/** Container types. @source USB Still Image Capture Device Definition 1.0, 7.1 */
export const PtpContainerType = { command: 1, data: 2, response: 3, event: 4 } as const;
