/** The DOMException that WebUSB throws under that name. */
export function domError(name: string): DOMException {
  return new DOMException('Simulated', name);
}
