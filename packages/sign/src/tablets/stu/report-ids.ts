/** Numbers of the reports. @source WacomGSS/STU Protocol.hpp */
export const reportIds = {
  penData: 0x01,
  status: 0x03,
  reset: 0x04,
  information: 0x08,
  capability: 0x09,
  uid: 0x0a,
  uid2: 0x0b,
  renderingMode: 0x0e,
  serial: 0x0f,
  penDataEncrypted: 0x10,
  hostPublicKey: 0x13,
  devicePublicKey: 0x14,
  startCapture: 0x15,
  endCapture: 0x16,
  dhPrime: 0x1a,
  dhBase: 0x1b,
  clearScreen: 0x20,
  inkingMode: 0x21,
  inkThreshold: 0x22,
  clearScreenArea: 0x23,
  startImageDataArea: 0x24,
  startImageData: 0x25,
  imageDataBlock: 0x26,
  endImageData: 0x27,
  handwritingThicknessColor: 0x28,
  backgroundColor: 0x29,
  handwritingDisplayArea: 0x2a,
  backlight: 0x2b,
  contrast: 0x2c,
  handwritingThicknessColor24: 0x2d,
  backgroundColor24: 0x2e,
  penDataOption: 0x30,
  penDataEncryptedOption: 0x31,
  penDataOptionMode: 0x32,
  penDataTimeCountSequenceEncrypted: 0x33,
  penDataTimeCountSequence: 0x34,
  encryptionCommand: 0x40,
  encryptionStatus: 0x50,
} as const;

/** What the tablet is doing, as report 3 says. */
export const statusCodes = {
  ready: 0,
  image: 1,
  capture: 2,
  calculation: 3,
  bootImage: 4,
  romBusy: 5,
  reset: 0xff,
} as const;

/** Last result of report 3; 0 is success. */
export const resultCodes = { none: 0, wrongReportId: 1, wrongState: 2 } as const;

/** Image encodings; the low bits of the mode. */
export const imageModes = { bits: 0, bitsZlib: 1, rgb565: 2, rgb24: 4 } as const;

const { ready, image, capture } = statusCodes;
const readyOnly = [ready];
/** Reports that may not be set in every state. @source WacomGSS/STU ProtocolHelper.cpp */
const settable: Readonly<Record<number, readonly number[]>> = {
  [reportIds.hostPublicKey]: readyOnly,
  [reportIds.dhPrime]: readyOnly,
  [reportIds.dhBase]: readyOnly,
  [reportIds.startCapture]: readyOnly,
  [reportIds.clearScreen]: readyOnly,
  [reportIds.inkThreshold]: readyOnly,
  [reportIds.clearScreenArea]: readyOnly,
  [reportIds.startImageDataArea]: readyOnly,
  [reportIds.startImageData]: readyOnly,
  [reportIds.encryptionCommand]: readyOnly,
  [reportIds.imageDataBlock]: [image],
  [reportIds.endImageData]: [image],
  [reportIds.endCapture]: [capture],
  [reportIds.contrast]: [ready, capture],
  [reportIds.renderingMode]: [ready, capture, statusCodes.romBusy],
};

/** True when the report may be set in this state; otherwise the tablet answers "wrong state". */
export const mayBeSet = (reportId: number, statusCode: number): boolean =>
  settable[reportId]?.includes(statusCode) ?? statusCode !== statusCodes.reset;
