/** Vendor and product ids of readers with a SAM_V module. */
export interface ReaderIds {
  readonly vendorId: number;
  readonly productId: number;
}

/** Ids seen on readers; 0400:C35A is the module's own and used by many makers. */
export const knownReaders: readonly ReaderIds[] = [
  { vendorId: 0x0400, productId: 0xc35a },
  { vendorId: 0x10c4, productId: 0x8a1b },
  { vendorId: 0x2015, productId: 0x0008 },
  { vendorId: 0x9573, productId: 0x4836 },
];
