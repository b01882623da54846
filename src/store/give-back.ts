/**
 * Gives the memory of bytes back that nobody reads anymore, where nothing else lies in it. V8 counts it until it next looks
 * for garbage, and looks through all that the server holds the sooner for it.
 */
export function giveBack({ buffer, byteLength }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}
