import { createSocket } from 'node:dgram';

/** Per domain: records as lists of strings, a DNS response code, or no answer at all. */
export type Zone = Readonly<Record<string, readonly (readonly string[])[] | number | 'silence'>>;

/** A name server on the loopback address for tests; unknown domains do not exist. */
export async function nameServer(zone: Zone): Promise<{ address: string; close(): void }> {
  const socket = createSocket('udp4');
  socket.on('message', (message, from) => {
    const answer = reply(zone, message);
    if (answer) socket.send(answer, from.port, from.address);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return { address: `127.0.0.1:${socket.address().port}`, close: () => socket.close() };
}

function reply(zone: Zone, question: Buffer): Buffer | null {
  let at = 12;
  const labels: string[] = [];
  for (let length = question[at] ?? 0; length > 0; length = question[at] ?? 0) {
    labels.push(question.subarray(at + 1, at + 1 + length).toString('latin1'));
    at += length + 1;
  }
  const asked = question.subarray(12, at + 5);
  const found = zone[labels.join('.').toLowerCase()] ?? 3;
  if (found === 'silence') return null;
  const records = typeof found === 'number' ? [] : found;
  const header = Buffer.from(question.subarray(0, 12));
  header.writeUInt16BE(0x8180 | (typeof found === 'number' ? found : 0), 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(records.length, 6);
  header.writeUInt16BE(0, 8);
  header.writeUInt16BE(0, 10);
  const answers = records.map((strings) => {
    const data = Buffer.concat(
      strings.map((part) => Buffer.concat([Buffer.from([part.length]), Buffer.from(part, 'latin1')])),
    );
    const head = Buffer.from([0xc0, 0x0c, 0, 16, 0, 1, 0, 0, 0, 60, 0, 0]);
    head.writeUInt16BE(data.length, 10);
    return Buffer.concat([head, data]);
  });
  return Buffer.concat([header, asked, ...answers]);
}
