/** A packed value in transit between threads. */
export type PackedBytes<T> = Uint8Array<ArrayBuffer> & { readonly holds?: T };

/**
 * Plain JSON data, stored as bytes outside V8's heap: many small, rarely used objects make every garbage collection
 * slower. Each read returns a new copy.
 */
export class Packed<T> {
  readonly #bytes: Buffer;

  constructor(bytes: PackedBytes<T>) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  static of<T>(value: T): Packed<T> {
    return new Packed(pack(value));
  }

  get byteLength(): number {
    return this.#bytes.byteLength;
  }

  read(): T {
    return JSON.parse(this.#bytes.toString()) as T;
  }
}

export function pack<T>(value: T): PackedBytes<T> {
  return new TextEncoder().encode(JSON.stringify(value));
}
