/** A file of the sample records, as served by the test server. */
export async function fixtureBytes(path: string): Promise<Uint8Array> {
  const response = await fetch(`/fixtures/records/small/${path}`);
  if (!response.ok) throw new Error(`fixture ${path}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
