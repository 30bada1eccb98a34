/** Claim of the one tab that uploads. */
export function uploaderClaim(storeName: string): string {
  return `${storeName}:uploader`;
}

/** Claim of the one tab that works on a batch. */
export function batchClaim(storeName: string, batchId: string): string {
  return `${storeName}:batch:${batchId}`;
}
