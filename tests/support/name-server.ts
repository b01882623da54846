import { createSocket } from 'node:dgram';

/** Per domain: records as lists of strings, a DNS response code, or no response at all. */
export type Zone = Readonly<Record<string, readonly (readonly string[])[] | number | 'silence'>>;

export interface NameServerOptions {
  /** Name servers of a zone and IPv4 addresses of names; other queries for these types get no response. */
  readonly ns?: Readonly<Record<string, readonly string[]>>;
  readonly a?: Readonly<Record<string, string>>;
  /** Loopback address and port; left out: 127.0.0.1 and any free port. */
  readonly host?: string;
  readonly port?: number;
}

/**
 * A name server on the loopback interface for tests; unknown domains do not exist. The zone can be changed while it
 * runs.
 */
export async function nameServer(
  zone: Zone,
  { host = '127.0.0.1', port = 0, ...names }: NameServerOptions = {},
): Promise<{ address: string; port: number; close(): void }> {
  const socket = createSocket('udp4');
  socket.on('message', (message, from) => {
    const answer = reply(zone, names, message);
    if (answer) socket.send(answer, from.port, from.address);
  });
  await new Promise<void>((resolve) => socket.bind(port, host, resolve));
  const bound = socket.address().port;
  return { address: `${host}:${bound}`, port: bound, close: () => socket.close() };
}

function reply(zone: Zone, { ns, a }: Pick<NameServerOptions, 'ns' | 'a'>, question: Buffer): Buffer | null {
  let at = 12;
  const labels: string[] = [];
  for (let length = question[at] ?? 0; length > 0; length = question[at] ?? 0) {
    labels.push(question.subarray(at + 1, at + 1 + length).toString('latin1'));
    at += length + 1;
  }
  const asked = question.subarray(12, at + 5);
  const name = labels.join('.').toLowerCase();
  const type = question.readUInt16BE(at + 1);
  if (type === 2) return answerWith(question, asked, type, (ns?.[name] ?? []).map(encodedName));
  if (type === 1 || type === 28) {
    const address = type === 1 ? a?.[name] : undefined;
    return answerWith(
      question,
      asked,
      type,
      address === undefined ? [] : [Buffer.from(address.split('.').map(Number))],
    );
  }
  const found = zone[name] ?? 3;
  if (found === 'silence') return null;
  const data = (typeof found === 'number' ? [] : found).map((strings) =>
    Buffer.concat(
      strings.map((part) => Buffer.concat([Buffer.from([part.length]), Buffer.from(part, 'latin1')])),
    ),
  );
  return answerWith(question, asked, 16, data, typeof found === 'number' ? found : 0);
}

function encodedName(name: string): Buffer {
  const labels = name.split('.').map((label) => Buffer.from([label.length, ...Buffer.from(label, 'latin1')]));
  return Buffer.concat([...labels, Buffer.from([0])]);
}

function answerWith(
  question: Buffer,
  asked: Buffer,
  type: number,
  records: readonly Buffer[],
  code = 0,
): Buffer {
  const header = Buffer.from(question.subarray(0, 12));
  header.writeUInt16BE(0x8180 | code, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(records.length, 6);
  header.writeUInt16BE(0, 8);
  header.writeUInt16BE(0, 10);
  const answers = records.map((data) => {
    const head = Buffer.from([0xc0, 0x0c, 0, type, 0, 1, 0, 0, 0, 60, 0, 0]);
    head.writeUInt16BE(data.length, 10);
    return Buffer.concat([head, data]);
  });
  return Buffer.concat([header, asked, ...answers]);
}
