/** An archive that does not have the exact form of an export. `message` names the first difference and its location. */
export class NotAsWritten extends Error {}

/** Whether two arrays contain the same bytes. */
export function same(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}

/** Reads a sequence of bytes in chunks of requested sizes. */
export function byteReader(archive: AsyncIterable<Uint8Array>) {
  const pieces = archive[Symbol.asyncIterator]();
  let rest: Uint8Array = new Uint8Array(0);

  async function more(): Promise<boolean> {
    while (rest.byteLength === 0) {
      const next = await pieces.next();
      if (next.done === true) return false;
      rest = next.value;
    }
    return true;
  }

  async function upTo(bytes: number, place: string): Promise<Uint8Array> {
    if (!(await more()))
      throw new NotAsWritten(`The archive ends too early, ${place}: part of it is missing.`);
    const piece = rest.subarray(0, bytes);
    rest = rest.subarray(piece.byteLength);
    return piece;
  }

  return {
    upTo,
    async exactly(bytes: number, place: string): Promise<Uint8Array> {
      const whole = new Uint8Array(bytes);
      for (let at = 0; at < bytes; ) {
        const piece = await upTo(bytes - at, place);
        whole.set(piece, at);
        at += piece.byteLength;
      }
      return whole;
    },
    ended: async () => !(await more()),
    close: async () => void (await pieces.return?.()),
  };
}
