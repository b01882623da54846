/**
 * Frees the memory of a buffer that nobody reads anymore, if nothing else uses the same memory. Otherwise V8 counts it
 * as external memory until the next garbage collection, which it makes happen sooner.
 */
export function releaseMemory({ buffer, byteLength }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}
