import type { Services } from '#features/context.ts';
import { icapServiceAt, readyIcapServices } from '#features/dlp/icap/door.ts';
import { judgeRequest, lookedAt, recordIcapRefusal } from '#features/dlp/icap/judge.ts';
import type { IcapSettings } from '#features/icap-settings.ts';
import { isMemoryTight } from '#features/memory.ts';
import { isIn, rangeOf } from '#features/networks.ts';
import { countWrong } from '#features/shared/secret-limits.ts';
import type { IcapBounds } from '#guards/icap/guard.ts';
import { icapServer } from '#guards/icap/server.ts';

const MB = 1024 * 1024;

/** The parts of the server that the ICAP service uses. */
const boundsHere = (): IcapBounds => ({
  connections: 200,
  bodyBytes: (isMemoryTight() ? 12 : 32) * MB,
  heldBytes: (isMemoryTight() ? 32 : 128) * MB,
  headMs: 10_000,
  requestMs: 60_000,
  idleMs: 120_000,
  previewBytes: 4_096,
});

export interface RunningIcap {
  readonly port: number;
  close(graceMs: number): Promise<void>;
}

/** Listens for proxies that ask about requests to Claude (ICAP, RFC 3507), each at its client's path. */
export async function startIcap(
  services: Services,
  { host, port, from, tls }: IcapSettings,
  bounds: Partial<IcapBounds> = {},
): Promise<RunningIcap> {
  const networks = from.map(rangeOf);
  const server = icapServer(
    {
      bounds: { ...boundsHere(), ...bounds },
      takes: (address) => isIn(address, networks),
      service: async (path, address) => {
        const open = path === '' ? null : await icapServiceAt(services, path);
        if (open === null) {
          // A misconfigured proxy cannot be distinguished from one that guesses; both are only counted.
          countWrong(services, address, services.clock());
          return null;
        }
        return {
          tag: open.tag,
          looksAt: (head, hasBody) => {
            const looks = lookedAt(services, head, hasBody) !== null;
            if (!looks && hasBody) recordIcapRefusal(services, open.clientId, 'other_host');
            return looks;
          },
          judge: (request) => judgeRequest(services, open, request),
          refused: (why) => recordIcapRefusal(services, open.clientId, why),
        };
      },
      failed: (error) => services.log.error({ err: error }, 'a request of a proxy could not be answered'),
    },
    tls,
  );
  await readyIcapServices(services);
  const listening = await server.listen(host, port);
  return {
    port: listening,
    close: (graceMs) => server.close(graceMs),
  };
}
