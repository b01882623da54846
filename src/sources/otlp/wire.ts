import { MalformedRecord, UnreadableTelemetry } from './record.ts';

/** What Node's buffers can do besides: the same as `toString`, without its checks. */
interface FastBuffer extends Buffer {
  utf8Slice(start: number, end: number): string;
}

/** Reads the fields of a protobuf message in place. Whatever runs over the end of its message is refused. */
export class WireReader {
  readonly bytes: FastBuffer;
  at: number;
  end: number;
  field = 0;
  start = 0;
  type = 0;

  constructor(bytes: Buffer, at = 0, end = bytes.length) {
    this.bytes = bytes as FastBuffer;
    this.at = at;
    this.end = end;
  }

  /** Goes to the next field; false at the end. */
  next(): boolean {
    if (this.at >= this.end) return false;
    const tag = this.varint();
    this.field = tag >>> 3;
    this.type = tag & 7;
    if (this.field === 0) throw new MalformedRecord('a field has the number 0');
    return true;
  }

  /** A varint of up to 32 bits; what is above is cut off, as protobuf says. */
  varint(): number {
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      if (this.at >= this.end) throw new MalformedRecord('a number is cut off');
      const byte = this.bytes[this.at++] ?? 0;
      if (shift < 28) value |= (byte & 0x7f) << shift;
      else if (shift === 28) value |= (byte & 0x0f) << 28;
      if (byte < 0x80) return value >>> 0;
    }
    throw new MalformedRecord('a number is too long');
  }

  /** A signed 64-bit varint; beyond what a number holds exactly it is rounded. */
  int64(): number {
    let low = 0;
    let high = 0;
    for (let n = 0; n < 10; n += 1) {
      if (this.at >= this.end) throw new MalformedRecord('a number is cut off');
      const byte = this.bytes[this.at++] ?? 0;
      const bits = byte & 0x7f;
      if (n < 4) low |= bits << (7 * n);
      else if (n === 4) {
        low |= bits << 28;
        high |= bits >> 4;
      } else high |= bits << (7 * n - 32);
      if (byte < 0x80) return (high | 0) * 4294967296 + (low >>> 0);
    }
    throw new MalformedRecord('a number is too long');
  }

  fixed64(): bigint {
    const at = this.skipOver(8);
    return this.bytes.readBigUInt64LE(at);
  }

  sfixed64(): bigint {
    const at = this.skipOver(8);
    return this.bytes.readBigInt64LE(at);
  }

  double(): number {
    const at = this.skipOver(8);
    return this.bytes.readDoubleLE(at);
  }

  /** A message inside this one. */
  message(): WireReader {
    const length = this.length();
    const at = this.skipOver(length);
    return new WireReader(this.bytes, at, at + length);
  }

  /** Goes into a message inside this one, and gives what {@link leave} needs to come out of it. */
  enter(): number {
    const length = this.length();
    const at = this.skipOver(length);
    const outer = this.end;
    this.at = at;
    this.end = at + length;
    return outer;
  }

  /** Comes out of a message, wherever in it the reading stands. */
  leave(outer: number): void {
    this.at = this.end;
    this.end = outer;
  }

  text(): string {
    const length = this.length();
    const at = this.skipOver(length);
    return this.bytes.utf8Slice(at, at + length);
  }

  /** Steps over a text, leaves where it begins in {@link start}, and gives where it ends. */
  over(): number {
    const length = this.length();
    this.start = this.skipOver(length);
    return this.at;
  }

  /** Whether the rest of the message is one field 1 with a text; then {@link start} is where the text begins. */
  onlyText(): boolean {
    const { at, end, bytes } = this;
    const length = bytes[at + 1] ?? 0x80;
    if (bytes[at] !== 0x0a || length >= 0x80 || at + 2 + length !== end) return false;
    this.start = at + 2;
    return true;
  }

  hex(): string | null {
    const length = this.length();
    const at = this.skipOver(length);
    return length === 0 || length > 32 ? null : this.bytes.toString('hex', at, at + length);
  }

  /** The type that a known field must have. */
  expect(type: number): void {
    if (this.type !== type) throw new MalformedRecord(`field ${this.field} has the wrong type`);
  }

  skip(): void {
    switch (this.type) {
      case 0:
        this.int64();
        return;
      case 1:
        this.skipOver(8);
        return;
      case 2:
        this.skipOver(this.length());
        return;
      case 5:
        this.skipOver(4);
        return;
      default:
        // Groups are no part of OTLP, and types 6 and 7 of nothing.
        throw new MalformedRecord(`field ${this.field} has a type that there is not`);
    }
  }

  private length(): number {
    return this.varint();
  }

  private skipOver(count: number): number {
    const at = this.at;
    if (count > this.end - at) throw new MalformedRecord('a field runs over the end of its message');
    this.at = at + count;
    return at;
  }
}

/** What a mistake in the frame of a request is to its sender. */
export function unreadable(error: unknown): unknown {
  return error instanceof MalformedRecord
    ? new UnreadableTelemetry(`The protobuf message cannot be read: ${error.message}.`)
    : error;
}
