/** A packed value on its way between threads. */
export type PackedBytes<T> = Uint8Array<ArrayBuffer> & { readonly holds?: T };

/**
 * Plain data, only what JSON can say, kept as the bytes of its JSON outside the memory that V8 looks through for waste:
 * many small objects that are seldom looked at make every search longer. Each reading gives a copy of its own.
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
